#include "gallery/checksum.h"

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>
#include <openssl/evp.h>
#include <vector>

namespace graft {

Result<std::string> sha256(const std::filesystem::path &file, const Cancellation &cancellation)
{
    const std::string subject = file.string();
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error))
        return fail(ErrorCode::FileNotFound, "There is no file '" + subject + "'; check the path.", subject);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    std::ifstream stream(file, std::ios::binary);
    bool fine = context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
    std::vector<char> chunk(1U << 20U);
    while (fine && stream) {
        if (cancellation.requested())
            return fail(ErrorCode::Cancelled, "The check of '" + subject + "' was stopped.", subject);
        stream.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
        fine = EVP_DigestUpdate(context.get(), chunk.data(), static_cast<std::size_t>(stream.gcount())) == 1;
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (!fine || !stream.eof() || EVP_DigestFinal_ex(context.get(), digest.data(), &length) != 1)
        return fail(ErrorCode::FileUnreadable, "'" + subject + "' cannot be read to its end; check its permissions and the disk.", subject);
    std::string digits;
    for (unsigned int i = 0; i < length; ++i) {
        std::array<char, 3> pair{};
        std::snprintf(pair.data(), pair.size(), "%02x", digest.at(i));
        digits += pair.data();
    }
    return digits;
}

} // namespace graft
