#pragma once
#include "core/result.h"

#include <cstddef>
#include <filesystem>

// What the fuzzers have in common.

/// Ends the program, saying why.
[[noreturn]] void stop(const char *what);
/// Ends the program unless the error is one sentence.
void checkSentence(const graft::Error &error);
/// Where the made-up file lies: in memory, in a folder of this process, under the name in GRAFT_FUZZ_NAME.
[[nodiscard]] const std::filesystem::path &filePath();

/// From watchMemory() on, what is allocated while one of these lives may not pass the promise: 4 × the file's size + 256 MiB.
class MemoryLimit {
public:
    explicit MemoryLimit(std::size_t fileBytes);
    ~MemoryLimit();
    MemoryLimit(const MemoryLimit &) = delete;
    MemoryLimit &operator=(const MemoryLimit &) = delete;
};
void watchMemory();
