"""What reading somebody's ZIP file has to be ready for, wherever one is read."""

import zipfile
import zlib

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What reading a container that is none, or is encrypted or cut off, may raise."""

BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Ways of packing that unpack no more than is asked for; Office uses no others."""
