"""The HTTP face: bytes in, one service call, bytes out. `/v1` takes bearer tokens only, never a cookie."""
