#!/usr/bin/env bash
# OpenCL on the processor, to run kernels in the form that ILGPU's optimiser gives them, without a GPU: PoCL of Debian 13 in a folder of its own
# (Debian 12's is too old for ILGPU). Needs Linux, root, and debootstrap for the first command.
#
#   pocl.sh make          installs it, once: some 500 MB
#   pocl.sh has           succeeds if it is there and can be entered
#   pocl.sh run COMMAND   runs a command in it, in the repository; dotnet is there, and MODELGEN_TEST_DEVICE is opencl
#   pocl.sh check         runs what CI runs: the sessions' tests and a part of the conformance vectors; build first
#   pocl.sh all           all conformance vectors
#
# MODELGEN_POCL names the folder.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)
root=${MODELGEN_POCL:-${XDG_CACHE_HOME:-$HOME/.cache}/modelgen/pocl}
framework=${MODELGEN_POCL_FRAMEWORK:-${TestFramework:-net10.0}}
configuration=${MODELGEN_POCL_CONFIGURATION:-Debug}

enter() {
  local sdk
  sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
  # The mounts are this command's own, and go with it.
  unshare --mount bash -c '
    set -e
    root=$1 sdk=$2 repository=$3
    shift 3
    mkdir -p "$root$sdk" "$root$repository"
    mount --bind "$sdk" "$root$sdk"
    mount --bind "$repository" "$root$repository"
    for part in proc sys dev; do mount --rbind "/$part" "$root/$part"; done
    exec chroot "$root" /usr/bin/env -i HOME=/root TERM=dumb PATH="$sdk:/usr/bin:/bin" DOTNET_ROOT="$sdk" DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 \
      DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_TieredPGO=0 MODELGEN_TEST_DEVICE=opencl \
      /bin/bash -c "cd \"\$1\" && shift && exec \"\$@\"" enter "$repository" "$@"
  ' enter "$root" "$sdk" "$repository" "$@"
}

conformance() {
  enter dotnet "tests/ModelGen.Conformance/bin/$configuration/$framework/ModelGen.Conformance.dll" --gpu opencl "$@"
}

case "${1:-}" in
  make)
    mkdir -p "$root"
    debootstrap --variant=minbase --include=pocl-opencl-icd,ocl-icd-libopencl1,libicu76 trixie "$root" "${MODELGEN_POCL_MIRROR:-http://deb.debian.org/debian}"
    ;;
  has)
    [ -e "$root/etc/OpenCL/vendors/pocl.icd" ] && [ "$(id -u)" = 0 ] && unshare --mount true 2> /dev/null
    ;;
  run)
    shift
    enter "$@"
    ;;
  check)
    status=0
    enter dotnet vstest "tests/ModelGen.Ilgpu.Tests/bin/$configuration/$framework/ModelGen.Ilgpu.Tests.dll" \
      "--TestCaseFilter:FullyQualifiedName~Tests.Session" || status=1
    for part in linear softmax layer_norm max_pool2d; do conformance --filter "$part" || status=1; done
    exit "$status"
    ;;
  all)
    conformance
    ;;
  *)
    sed -n '2,13s/^# \{0,1\}//p' "$0"
    exit 1
    ;;
esac
