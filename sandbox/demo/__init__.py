"""The walk-through as a story that runs: `make demo`.

    story        the acts, one after the other, each with what must hold after it
    stage        a sandbox of its own, a copy of the project, commands as a user types them
    account      what is in the account now, read with boto3
    application  a client of the table, which learns its name from the parameter
    pictures     both of these as tables, for a terminal or a pipe

Two of them are commands for trying by hand: `python -m sandbox.demo.look` and
`python -m sandbox.demo.application`.
"""
