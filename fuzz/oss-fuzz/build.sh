#!/usr/bin/env bash
# What OSS-Fuzz and ClusterFuzzLite call: builds $SRC/redstuff and puts into $OUT all that the targets need where there
# is no Java 25: a JDK, the jars, and of each target a script that starts it, its seeds and its dictionary. The targets are
# the tests of this module; Jazzer starts a method of them as it would one that was written for it.
set -euo pipefail
: "${SRC:?the directory in which redstuff lies}" "${OUT:?the directory for what is built}"
cd "$SRC/redstuff"

# MAVEN_ARGS as newer Mavens read it themselves: -o builds without a network.
mvn -B -ntp -q ${MAVEN_ARGS-} -Dquick -Dmaven.test.skip=false -DskipTests \
  -pl fuzz -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath

# The JDK of the build, without what only a developer reads. Debian's has links out of it.
java=$(REDSTUFF_FIND_JAVA=1 ./redstuff)
mkdir -p "$OUT/lib"
rm -rf "$OUT/jdk"
cp -rL "$java" "$OUT/jdk"
rm -rf "$OUT"/jdk/{jmods,lib/src.zip,man,demo}

cd fuzz
grep -v '^#' jvm.args >"$OUT/jvm.args"

# Siblings are directories in this build, and jars for who starts the targets.
number=100
mapfile -t -d : entries < <(tr -d '\n' <target/classpath)
for entry in "${entries[@]}"; do
  if [ -d "$entry" ]; then
    module=$(basename "$(dirname "$(dirname "$entry")")")
    "$java/bin/jar" --create --no-manifest --file "$OUT/lib/redstuff-$module.jar" -C "$entry" .
  else
    # Two libraries may have files of one name.
    cp "$entry" "$OUT/lib/$number-$(basename "$entry")"
    number=$((number + 1))
  fi
done

# With the seeds in it: some targets read those of others as examples.
"$java/bin/jar" --create --no-manifest --file "$OUT/lib/redstuff-targets.jar" -C target/test-classes .

tests=$PWD/src/test/java
seeds=$PWD/src/test/resources
# Which dictionary a target gets; most read binary.
dictionary() {
  case $1 in
    SignedJson_* | NetworkDescription | Seal_policies | KeyServer_requests | Client_answers | Client_committee) echo json ;;
    Daemon | RemoteLedger_questions) echo http ;;
    Id | Ledger_texts) echo text ;;
    *) echo bcs ;;
  esac
}

count=0
while IFS= read -r file; do
  class=${file#"$tests/"}
  class=${class%.java}
  name=${class##*/}
  name=${name%FuzzTest}
  mapfile -t methods < <(sed -n '/@FuzzTest/,/(/s/.*void \([A-Za-z0-9_]*\)(.*/\1/p' "$file")
  for method in "${methods[@]}"; do
    target=$name
    [ ${#methods[@]} -eq 1 ] || target=${name}_$method
    sed -e "s|@CLASS@|${class//\//.}|" -e "s|@METHOD@|$method|" oss-fuzz/target.sh >"$OUT/$target"
    chmod +x "$OUT/$target"
    cp "oss-fuzz/dict/$(dictionary "$target").dict" "$OUT/$target.dict"
    # Names of seeds are told by the fuzzer; the zip has no times, so that it is the same for the same seeds.
    "$java/bin/jar" --create --no-manifest --date 2026-01-01T00:00:00Z --file "$OUT/${target}_seed_corpus.zip" \
      -C "$seeds/${class}Inputs/$method" .
    count=$((count + 1))
  done
done < <(find "$tests" -name '*FuzzTest.java' | sort)
echo "$count targets in $OUT"
