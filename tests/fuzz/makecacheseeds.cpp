// makecacheseeds FOLDER: FOLDER/<kind>/… holds small files of the shared cache folder, for cachefuzzer to start from: a byte that asks for
// all to be mended (cachemending.h) and the file.
#include "cachemending.h"
#include "core/files.h"
#include "data/datasetindex.h"
#include "data/decodedfile.h"
#include "training/featurefolder.h"
#include "training/featuresegment.h"

#include <cstdio>

using namespace graft;
namespace fs = std::filesystem;

std::shared_ptr<std::vector<std::uint8_t>> graft::spareMemory(std::size_t size)
{
    return std::make_shared<std::vector<std::uint8_t>>(size);
}

namespace {

constexpr char mendAll = MendMarks | MendChecksums | MendContents | MendSize;

/// A picture that can be had reduced.
class Plain : public PixelSource {
public:
    Plain(int width, int height) : m_width(width), m_height(height) { }
    [[nodiscard]] int width() const override { return m_width; }
    [[nodiscard]] int height() const override { return m_height; }
    [[nodiscard]] tl::expected<PixelPart, std::string> part(const PixelRectangle &, int reduction) override
    {
        const int width = (m_width + reduction - 1) / reduction, height = (m_height + reduction - 1) / reduction;
        const auto bytes = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3;
        return PixelPart{std::make_shared<std::vector<std::uint8_t>>(bytes, 9), width, height, 3, 0, 0, reduction};
    }

private:
    int m_width, m_height;
};

bool put(const fs::path &file, const std::string &bytes)
{
    return makeFolder(file.parent_path()) && writeText(file, mendAll + bytes);
}

bool writeSegments(const fs::path &folder)
{
    for (const std::size_t recordBytes : {16, 100, 300}) {
        const fs::path file = folder / (std::to_string(recordBytes) + ".features");
        std::error_code none;
        fs::remove(file, none);
        {
            auto segment = FeatureSegment::create(file, {1, 2}, recordBytes, 5);
            for (std::uint32_t slot = 0; segment && slot < 3; ++slot)
                if (!segment->append({{slot + 1, 9}, slot}, std::vector<std::byte>(recordBytes, std::byte{1})))
                    return false;
        }
        if (!put(file, readText(file).value_or("")))
            return false;
    }
    return true;
}

bool writeDecoded(const fs::path &folder)
{
    for (const int side : {1, 40, 90}) {
        Plain source(side, side + side / 2);
        const auto whole = WholePicture::decode(source, 16);
        const fs::path file = folder / (std::to_string(side) + ".decoded");
        if (!whole || DecodedFile::write(file, {1, 2}, *whole) != 0 || !put(file, readText(file).value_or("")))
            return false;
    }
    return true;
}

/// By hand: the engine writes none that small. What is to be mended is left out.
bool writeIndex(const fs::path &folder)
{
    const std::string names = std::string("a.jpg") + '\0' + "b/c.png" + '\0', defects = std::string("it is empty") + '\0';
    FileRecord rows[2];
    rows[0].identity = {100, 200};
    rows[1].name = 6;
    rows[1].defect = 1;
    const std::uint64_t sizes[] = {2, names.size(), defects.size()};
    std::string bytes(16, '\0');
    bytes.append(reinterpret_cast<const char *>(sizes), sizeof sizes).append(sizeof(Digest), '\0');
    bytes.append(reinterpret_cast<const char *>(rows), sizeof rows).append(names).append(defects).append(sizeof(Digest), '\0');
    return put(folder / "written.index", bytes);
}

/// The set that cachefuzzer expects.
bool writeSet(const fs::path &folder)
{
    FeatureSet set;
    set.pictures = {1, 2};
    set.layers = {{3, 4}, {5, 6}};
    set.shapes = {{512, 7, 7}, {64}};
    const fs::path cache = folder / "cache";
    if (!openSetFolder(set, cache))
        return false;
    const auto text = readText(folderOf(set, cache) / "set.json");
    std::error_code none;
    fs::remove_all(cache, none);
    return text && put(folder / "written.json", *text);
}

} // namespace

int main(int count, char **arguments)
{
    if (count != 2)
        return 2;
    const fs::path folder = arguments[1];
    for (const char *kind : {"feature-segment", "decoded-picture", "dataset-index", "feature-set"})
        if (!makeFolder(folder / kind))
            return 1;
    const bool written = writeSegments(folder / "feature-segment") && writeDecoded(folder / "decoded-picture")
        && writeIndex(folder / "dataset-index") && writeSet(folder / "feature-set");
    if (!written)
        std::fprintf(stderr, "The seeds of the cache files were not written.\n");
    return written ? 0 : 1;
}
