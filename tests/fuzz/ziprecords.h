#pragma once
#include <cstdint>
#include <span>
#include <string>

/// A stored (uncompressed) zip archive of the records that `input` lists: each a byte n, n bytes of name, four bytes of length (least
/// first), the content; lengths that reach too far are cut. So a fuzzer changes what is in an archive's records, not its directory only.
std::string zipOfRecords(std::span<const std::uint8_t> input);
