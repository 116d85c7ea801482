"""Jobs that are deferred in the transaction that makes them necessary, and survive whoever runs them.

    async with open_tenant_transaction(...) as transaction:
        ...                                                     # the change
        await defer(transaction, "process_conversation", conversation=id)

    Worker(dsn, [Task(name="process_conversation", run=process, give_up=refuse)]).run()

A job names a tenant and ids. It runs at least once: its attempt may die with the machine, and then another attempt
begins. Each attempt has a number, and whoever writes for it holds the job with that number first:

    async with open_tenant_transaction(...) as transaction:
        await hold(transaction, job)                            # Conflict when another attempt has taken over

`Worker` is imported from `privity.store.queue.worker`: the library that it stands on, procrastinate, is loaded there
and nowhere else.
"""

from privity.store.queue.jobs import Job, Task, defer, defer_until, hold, under_way

__all__ = ["Job", "Task", "defer", "defer_until", "hold", "under_way"]
