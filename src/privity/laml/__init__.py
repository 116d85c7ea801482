"""The compatible face: the REST interface that clients of SignalWire and Twilio speak, over the same gate and services.

Served under `/2010-04-01` and `/api/laml/2010-04-01`, with and without `.json`, to callers that name their project and
its token by Basic authentication. `privity.api` puts these routes into its application; see `privity.laml.routes`.
"""
