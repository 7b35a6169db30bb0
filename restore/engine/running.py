"""The pulumi command that this process has started and waits for."""

import signal

import psutil


def interrupt_update() -> None:
    """Sends the update that runs the signal of a Ctrl-C: it ends what it has begun, and stops."""
    for child in psutil.Process().children():
        try:
            if "up" in child.cmdline():
                child.send_signal(signal.SIGINT)
        except psutil.NoSuchProcess:
            continue
