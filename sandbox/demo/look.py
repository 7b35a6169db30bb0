"""`python -m sandbox.demo.look`: the parameter, the policy and the tables as they are now."""

from sandbox.demo.pictures import position
from sandbox.demo.stage import console

if __name__ == "__main__":
    console().print(position())
