# Finds out what Rust calls the target that CMake builds for, and that there is a Rust for it.
# Sets pqhybrid_target, PQHYBRID_CARGO and pqhybrid_binutils, the prefix of the compiler's tools.

if(PQHYBRID_RUST_TARGET)
  set(pqhybrid_target ${PQHYBRID_RUST_TARGET})
elseif(NOT CMAKE_CROSSCOMPILING)
  set(pqhybrid_target host)
else()
  string(TOLOWER "${CMAKE_SYSTEM_NAME} ${CMAKE_SYSTEM_PROCESSOR}" machine)
  execute_process(COMMAND ${CMAKE_C_COMPILER} -dumpmachine OUTPUT_VARIABLE compiler ERROR_QUIET)
  if(compiler MATCHES musl)
    set(libc musl)
  else()
    set(libc gnu)
  endif()
  if(machine MATCHES "^linux (aarch64|arm64)$")
    set(pqhybrid_target aarch64-unknown-linux-${libc})
  elseif(machine MATCHES "^linux (x86_64|amd64)$")
    set(pqhybrid_target x86_64-unknown-linux-${libc})
  elseif(machine STREQUAL "generic cortex-m33" OR CMAKE_C_FLAGS MATCHES "-mcpu=cortex-m33")
    set(pqhybrid_target thumbv8m.main-none-eabi)
    if(CMAKE_C_FLAGS MATCHES "-mfloat-abi=hard")
      string(APPEND pqhybrid_target hf)
    endif()
  else()
    message(FATAL_ERROR
      "pqhybrid: which Rust target is ${CMAKE_SYSTEM_NAME} on '${CMAKE_SYSTEM_PROCESSOR}'? Say it with "
      "-DPQHYBRID_RUST_TARGET=...; `rustc --print target-list` lists them.")
  endif()
endif()

set(cargo cargo)
if(DEFINED ENV{CARGO})
  set(cargo "$ENV{CARGO}")
endif()
find_program(PQHYBRID_CARGO "${cargo}" NO_CMAKE_FIND_ROOT_PATH DOC "cargo, which comes with Rust")
if(PQHYBRID_CARGO)
  set(cargo "${PQHYBRID_CARGO}")
endif()
execute_process(
  COMMAND ${CMAKE_COMMAND} -E env "CARGO=${cargo}" sh tools/cargo-for-target.sh ${pqhybrid_target} which
  WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}"
  RESULT_VARIABLE failed OUTPUT_VARIABLE rust ERROR_VARIABLE sentence OUTPUT_STRIP_TRAILING_WHITESPACE)
if(failed)
  message(FATAL_ERROR "${sentence}")
endif()
execute_process(
  COMMAND ${CMAKE_COMMAND} -E env "CARGO=${cargo}" sh tools/cargo-for-target.sh ${pqhybrid_target} name
  WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}"
  OUTPUT_VARIABLE pqhybrid_target OUTPUT_STRIP_TRAILING_WHITESPACE)
if(pqhybrid_target MATCHES "^(x86_64|aarch64)" AND "${CMAKE_SIZEOF_VOID_P}" STREQUAL "4")
  message(FATAL_ERROR
    "pqhybrid: the compiler makes programs of 32 bits, but ${pqhybrid_target} has 64: name the target with "
    "-DPQHYBRID_RUST_TARGET=...")
endif()
message(STATUS "pqhybrid ${PROJECT_VERSION} for ${pqhybrid_target} with ${rust}")

# ar's own prefix is that of the others: /usr/bin/aarch64-linux-gnu-ar. Clang's may be llvm-ar, which has no llvm-ld.
string(REGEX REPLACE "ar$" "" pqhybrid_binutils "${CMAKE_AR}")
if(NOT CMAKE_CROSSCOMPILING AND NOT EXISTS "${pqhybrid_binutils}ld")
  set(pqhybrid_binutils "")
endif()
if(CMAKE_CROSSCOMPILING)
  foreach(tool ld objcopy readelf)
    if(NOT EXISTS "${pqhybrid_binutils}${tool}")
      message(FATAL_ERROR "pqhybrid: ${pqhybrid_binutils}${tool} is missing: install the target's GNU binutils")
    endif()
  endforeach()
endif()
