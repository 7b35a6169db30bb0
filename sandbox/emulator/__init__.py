"""An AWS on this machine: moto's server with a point-in-time recovery that tells the truth.

`python -m sandbox.emulator --port P` serves every service of moto on 127.0.0.1. On top of it:

    dynamodb/     PITR, restores, backups and the settings that moto lacks or ignores
    access/       IAM, enforced for keys that were issued here
    autoscaling/  Application Auto Scaling, with nothing scaled
    mappings      Lambda's event source mappings, with nothing invoked
    selections    AWS Backup's selections, with nothing backed up
    alarms, account_details   two long lists, CloudWatch's and IAM's; paging is for all lists
    server        the WSGI application and its process; dispatch finds the service of a request
    control       /sandbox/…: settings, the log of calls, snapshots; gate keeps calls out of those
    faults, hold  what AWS does when it is not well, and calls that wait for a test

What AWS documents of all this, and where stock moto differs, is tested statement by statement in
tests/emulator.
"""
