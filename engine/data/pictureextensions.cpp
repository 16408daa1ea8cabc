#include "data/picture.h"

#include <algorithm>

namespace graft {

std::string lowerCaseExtension(const std::filesystem::path &path)
{
    std::string extension = path.extension().string();
    if (!extension.empty())
        extension.erase(0, 1);
    for (char &letter : extension)
        if (letter >= 'A' && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
    return extension;
}

const std::vector<std::string> &pictureExtensions()
{
    static const std::vector<std::string> extensions = {"jpg", "jpeg", "png", "bmp", "webp", "tif", "tiff", "ppm", "pgm"};
    return extensions;
}

bool hasPictureExtension(const std::filesystem::path &path)
{
    const auto &known = pictureExtensions();
    return std::find(known.begin(), known.end(), lowerCaseExtension(path)) != known.end();
}

} // namespace graft
