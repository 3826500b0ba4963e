#!/bin/sh
# LLVMFuzzerTestOneInput: by this word a directory of targets is searched for what can be started.
here=$(cd "$(dirname "$0")" && pwd)
JAZZER_FUZZ=1 exec "$here/jdk/bin/java" "@$here/jvm.args" -Xmx1800m -cp "$here/lib/*" \
  com.code_intelligence.jazzer.Jazzer --target_class=@CLASS@ --target_method=@METHOD@ "$@"
