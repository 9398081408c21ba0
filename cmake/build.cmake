# Builds the library and defines its targets.
set(folder "${CMAKE_CURRENT_BINARY_DIR}/lib")
get_filename_component(cargo_dir "${PQHYBRID_CARGO_TARGET_DIR}" ABSOLUTE BASE_DIR "${CMAKE_BINARY_DIR}")

set(static "${folder}/libpqhybrid.a")
set(shared "${folder}/libpqhybrid.so.${PROJECT_VERSION}")
set(soname libpqhybrid.so.${PROJECT_VERSION_MAJOR})
set(products "${static}")
get_property(has_shared GLOBAL PROPERTY TARGET_SUPPORTS_SHARED_LIBS)
if(pqhybrid_target MATCHES "-none")
  set(has_shared FALSE)
endif()
if(has_shared)
  list(APPEND products "${shared}" "${folder}/${soname}" "${folder}/libpqhybrid.so")
endif()

file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/src/*.rs"
    "${CMAKE_CURRENT_SOURCE_DIR}/keccak/*.rs" "${CMAKE_CURRENT_SOURCE_DIR}/keccak/Cargo.toml")
foreach(file Cargo.toml Cargo.lock .cargo/config.toml abi/versions tools/library.sh tools/link.sh
    tools/trampolines.sh tools/remap.sh tools/cargo-for-target.sh)
  list(APPEND sources "${CMAKE_CURRENT_SOURCE_DIR}/${file}")
endforeach()

# The compiler as CMake calls it, for the shared library: what CC names may have spaces in it.
set(compiler "${CMAKE_C_COMPILER}")
set(flags "")
if(CMAKE_C_COMPILER_TARGET)
  string(APPEND flags " '${CMAKE_C_COMPILE_OPTIONS_TARGET}${CMAKE_C_COMPILER_TARGET}'")
endif()
if(CMAKE_SYSROOT)
  string(APPEND flags " '--sysroot=${CMAKE_SYSROOT}'")
endif()
if(flags)
  file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/written/cc" "#!/bin/sh\nexec '${CMAKE_C_COMPILER}'${flags} \"$@\"\n")
  file(COPY "${CMAKE_CURRENT_BINARY_DIR}/written/cc" DESTINATION "${CMAKE_CURRENT_BINARY_DIR}"
    FILE_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
  set(compiler "${CMAKE_CURRENT_BINARY_DIR}/cc")
endif()

string(REGEX REPLACE "[-.]" "_" variable "${pqhybrid_target}")
# Cargo would look for make's job server, which make keeps from it.
add_custom_command(
  OUTPUT ${products}
  COMMAND ${CMAKE_COMMAND} -E env --unset=MAKEFLAGS --unset=MFLAGS --unset=CARGO_MAKEFLAGS --unset=PORTABLE
          --unset=FEATURES --unset=LEVELS "CARGO=${cargo}" PROFILE=release "SUITES=${pqhybrid_features}" "CARGO_FOLDER=${cargo_dir}"
          "CC_${variable}=${compiler}" "BINUTILS_${variable}=${pqhybrid_binutils}"
          sh tools/library.sh ${pqhybrid_target} "${folder}"
  DEPENDS ${sources}
  WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}"
  COMMENT "Building pqhybrid with cargo (about a minute the first time)"
  USES_TERMINAL VERBATIM)
if(CMAKE_SOURCE_DIR STREQUAL CMAKE_CURRENT_SOURCE_DIR)
  add_custom_target(pqhybrid_build ALL DEPENDS ${products})
else()
  add_custom_target(pqhybrid_build DEPENDS ${products})
endif()

add_library(pqhybrid::static STATIC IMPORTED GLOBAL)
set_target_properties(pqhybrid::static PROPERTIES
  IMPORTED_LOCATION "${static}"
  # A shared library that is made with this one does not export its functions as its own.
  INTERFACE_LINK_OPTIONS "LINKER:--exclude-libs,libpqhybrid.a")
set(targets pqhybrid::static)
if(has_shared)
  add_library(pqhybrid::shared SHARED IMPORTED GLOBAL)
  set_target_properties(pqhybrid::shared PROPERTIES IMPORTED_LOCATION "${shared}" IMPORTED_SONAME ${soname})
  list(APPEND targets pqhybrid::shared)
endif()
foreach(target ${targets})
  add_dependencies(${target} pqhybrid_build)
  set_target_properties(${target} PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${CMAKE_CURRENT_SOURCE_DIR}/include"
    INTERFACE_COMPILE_DEFINITIONS "${pqhybrid_without}")
endforeach()

add_library(pqhybrid::pqhybrid INTERFACE IMPORTED GLOBAL)
if(BUILD_SHARED_LIBS AND has_shared)
  set_target_properties(pqhybrid::pqhybrid PROPERTIES INTERFACE_LINK_LIBRARIES pqhybrid::shared)
else()
  set_target_properties(pqhybrid::pqhybrid PROPERTIES INTERFACE_LINK_LIBRARIES pqhybrid::static)
endif()
