"""What a worker does for comments. Each may run twice without harm."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from comments.delivery import NotSentError, ServerDownError, deliver

# How long to wait after each failure; a server that is down for a night loses no mail.
PAUSES = (
    timedelta(minutes=2),
    timedelta(minutes=15),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)


@task()
def send_notices(keys: list[str], failures: int = 0) -> int:
    """How many mails were sent. Those that the mail server did not take are tried again later;
    NotSentError in the end."""
    waiting, left, sent = list(keys), [], 0
    try:
        while waiting:
            key = waiting.pop(0)
            try:
                sent += deliver(key, at=timezone.now())
            except ServerDownError:
                # Each would wait for the server as long as this one did.
                left, waiting = [*left, key, *waiting], []
            except NotSentError:
                left.append(key)
    finally:
        if waiting:
            # A notice that breaks its task takes no other mail with it.
            send_notices.enqueue(waiting, failures)
        if left and failures < len(PAUSES):
            run_after = timezone.now() + PAUSES[failures]
            send_notices.using(run_after=run_after).enqueue(left, failures + 1)
    if left and failures == len(PAUSES):
        raise NotSentError(", ".join(left))
    return sent
