# tcmalloc serves all programs where it is installed. A network's values are let go and asked for again at each step: glibc gives blocks of
# their size back to the system, and the system hands out each of their pages anew.
option(GRAFT_TCMALLOC "Take tcmalloc for memory where it is installed" ON)
find_library(GRAFT_TCMALLOC_LIBRARY tcmalloc_minimal)
# The sanitizers watch an allocator of their own.
if(GRAFT_TCMALLOC AND GRAFT_TCMALLOC_LIBRARY AND NOT CMAKE_CXX_FLAGS MATCHES "-fsanitize")
  link_libraries(${GRAFT_TCMALLOC_LIBRARY})
endif()
