"""`python -m sandbox.demo.look`: the parameter, the policy and the tables as they are now."""

from rich.console import Console

from sandbox.demo.pictures import standing

if __name__ == "__main__":
    Console(soft_wrap=True).print(standing())
