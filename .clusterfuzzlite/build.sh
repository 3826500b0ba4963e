#!/bin/sh
# The same as for OSS-Fuzz, of the sources at hand.
exec "$SRC/redstuff/fuzz/oss-fuzz/build.sh"
