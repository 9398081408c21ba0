# For Cortex-M33 firmware without an operating system, floating point in software. Debian: gcc-arm-none-eabi,
# libnewlib-arm-none-eabi. The firmware's own linker script and start-up code are the project's.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR cortex-m33)
set(CMAKE_C_COMPILER arm-none-eabi-gcc)
set(CMAKE_CXX_COMPILER arm-none-eabi-g++)
set(CMAKE_ASM_COMPILER arm-none-eabi-gcc)
foreach(language C CXX ASM)
  set(CMAKE_${language}_FLAGS_INIT "-mcpu=cortex-m33 -mthumb -mfloat-abi=soft")
endforeach()

# There is no start-up code yet when CMake tries the compiler.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
