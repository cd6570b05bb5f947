#!/bin/bash -eu
# What OSS-Fuzz runs: builds every fuzzer with the engine and the flags of its environment into $OUT, each with its seed
# corpus, dictionary and options. In the environment: CXX, CXXFLAGS, LIB_FUZZING_ENGINE, OUT, and WORK for what lies in
# between. By hand:
#
#     CXX=clang++ CXXFLAGS="-O1 -g -fsanitize=address,fuzzer-no-link" LIB_FUZZING_ENGINE=-fsanitize=fuzzer \
#         OUT=/tmp/out fuzz/build.sh
cd "$(dirname "$0")/.."
: "${CXX:?}" "${LIB_FUZZING_ENGINE:?}" "${OUT:?}"
build=${WORK:-build}/oss-fuzz
mkdir -p "$OUT" "$build"

cmake -S . -B "$build" -DCMAKE_BUILD_TYPE= -DCMAKE_CXX_COMPILER="$CXX" -DCMAKE_CXX_FLAGS="${CXXFLAGS:-}" \
    -DSIPSTATUS_FUZZING_ENGINE="$LIB_FUZZING_ENGINE" -DSIPSTATUS_BUILD_FUZZERS=ON -DSIPSTATUS_BUILD_TOOL=ON \
    -DSIPSTATUS_BUILD_TESTS=OFF -DSIPSTATUS_BUILD_BENCHMARKS=OFF
cmake --build "$build" --target fuzzers -j "$(nproc)"

for corpus in fuzz/corpus/*/; do
    name=fuzz_$(basename "$corpus")
    cp "$build/fuzz/$name" "$build/fuzz/$name.dict" "$build/fuzz/$name.options" "$OUT"
    python3 -m zipfile -c "$OUT/${name}_seed_corpus.zip" "$corpus"*
done
