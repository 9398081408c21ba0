# Reads PQHYBRID_SUITES. Sets pqhybrid_features, as cargo calls the suites, and pqhybrid_without, the definitions that
# keep the others out of the header.
set(all mlkem768_x25519 mlkem1024_x448 mldsa65_ed25519 mldsa87_ed448)
string(REGEX REPLACE "[ ,]+" ";" selected "${PQHYBRID_SUITES}")
string(REPLACE "-" "_" selected "${selected}")

set(unknown ${selected})
list(REMOVE_ITEM unknown ${all})
string(REPLACE ";" ", " known "${all}")
if(unknown)
  string(REPLACE ";" ", " unknown "${unknown}")
  message(FATAL_ERROR "PQHYBRID_SUITES names no suite: ${unknown}. There are: ${known}")
elseif(NOT selected)
  message(FATAL_ERROR "PQHYBRID_SUITES is empty. There are: ${known}")
endif()

string(REPLACE "_" "-" pqhybrid_features "${selected}")
string(REPLACE ";" " " pqhybrid_features "${pqhybrid_features}")
set(pqhybrid_without ${all})
list(REMOVE_ITEM pqhybrid_without ${selected})
list(TRANSFORM pqhybrid_without TOUPPER)
list(TRANSFORM pqhybrid_without PREPEND PQH_WITHOUT_)
