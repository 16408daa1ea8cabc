# graft_warnings(target): our own code compiles without a warning.
function(graft_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror)
  # GCC 12's optimiser sees bad copies and unset fields in std::string where there are none (its bugs 105651, 105562); the sanitizer presets
  # look for the real ones.
  target_compile_options(${target} PRIVATE
    "$<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-stringop-overflow;-Wno-array-bounds;-Wno-maybe-uninitialized>")
  # The same with GCC 14 (searching strings) and 16 (vectors in std::variant).
  target_compile_options(${target} PRIVATE "$<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_GREATER_EQUAL:$<CXX_COMPILER_VERSION>,13>>:-Wno-stringop-overread;-Wno-free-nonheap-object>")
endfunction()
