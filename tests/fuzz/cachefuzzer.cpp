// The fuzzer of the files in the shared cache folder: opens what libFuzzer makes up, mended (cachemending.h), as graft opens it, uses it,
// cuts it while it is open, and ends the program when what it gives is not what its header promises or memory grows past the promise. Run
// by run.sh beside this file, which sets GRAFT_FUZZ_NAME to the file's name.
#include "cachemending.h"
#include "data/datasetindex.h"
#include "data/decodedfile.h"
#include "fuzzed.h"
#include "training/featurefolder.h"
#include "training/featuresegment.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>

using namespace graft;
namespace fs = std::filesystem;

/// Memory of just that size each time, so that the sanitizer sees who passes its end.
std::shared_ptr<std::vector<std::uint8_t>> graft::spareMemory(std::size_t size)
{
    return std::make_shared<std::vector<std::uint8_t>>(size);
}

namespace {

void write(const fs::path &file, const std::string &bytes)
{
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

void appendTo(FeatureSegment &segment, std::size_t recordBytes)
{
    const std::vector<std::byte> record(recordBytes, std::byte{7});
    const auto appended = segment.append({{1, 2}, 3}, record);
    if (!appended)
        return checkSentence(appended.error());
    if (segment.read(*appended) != record)
        stop("a record that was just written is not there");
}

void readSegment(const std::string &bytes)
{
    write(filePath(), bytes);
    const Digest key{numberAt<std::uint64_t>(bytes, 24), numberAt<std::uint64_t>(bytes, 32)};
    const std::size_t recordBytes = numberAt<std::uint64_t>(bytes, 16);
    auto segment = FeatureSegment::open(filePath(), key, recordBytes);
    if (!segment)
        return;
    const auto found = segment->takeNew();
    if (found.size() > segment->filled())
        stop("more records than slots");
    const auto readAllOf = [&] {
        bool isAny = false;
        for (const FeatureSegment::Found &each : found)
            if (const auto record = segment->read(each); !record.empty()) {
                isAny = true;
                if (record.size() != recordBytes)
                    stop("a record of another size");
            }
        return isAny;
    };
    static_cast<void>(readAllOf());
    if (segment->lockForWriting())
        appendTo(*segment, recordBytes);
    fs::resize_file(filePath(), bytes.size() / 2);
    if (readAllOf() || !segment->takeNew().empty() || segment->lockForWriting())
        stop("something of a file that has been cut");
}

/// What resample() relies on.
void check(const PixelPart &part, const PixelRectangle &needed, int reduction)
{
    const auto covers = [&](int begin, int count, int wanted, int wantedCount) {
        return count > 0 && begin <= wanted && begin + count * part.reduction >= wanted + wantedCount;
    };
    if (part.reduction < 1 || part.reduction > reduction || part.pixelBytes != 3
        || !covers(part.left, part.width, needed.left, needed.width) || !covers(part.top, part.height, needed.top, needed.height)
        || part.pixels->size() < static_cast<std::size_t>(part.width) * static_cast<std::size_t>(part.height) * 3)
        stop("not the pixels that were asked for");
}

void readDecoded(const std::string &bytes)
{
    write(filePath(), bytes);
    const Digest content{numberAt<std::uint64_t>(bytes, 16), numberAt<std::uint64_t>(bytes, 24)};
    const auto decoded = DecodedFile::open(filePath(), content, std::max(1, numberAt<std::int32_t>(bytes, 40)));
    if (!decoded)
        return;
    const int width = decoded->width(), height = decoded->height();
    const PixelRectangle places[] = {{0, 0, width, height}, {0, 0, 1, 1}, {width - 1, height - 1, 1, 1},
        {width / 2, height / 2, width - width / 2, height - height / 2}, {0, height / 3, width, std::max(1, height / 3)}};
    for (const PixelRectangle &place : places)
        for (const int reduction : {1, 2, 4, 8})
            if (const auto part = decoded->part(place, reduction))
                check(*part, place, reduction);
    fs::resize_file(filePath(), 152); // its header
    if (const auto part = decoded->part(places[0], 1))
        stop("pixels of a file that has been cut");
}

void readIndex(const std::string &bytes, const fs::path &folder)
{
    write(DatasetIndex::fileFor(folder), bytes);
    DatasetIndex index = DatasetIndex::read(folder);
    const std::size_t names = 56 + index.size() * sizeof(FileRecord);
    for (std::size_t row = 0; row < std::min<std::size_t>(index.size(), 100); ++row) {
        const auto record = numberAt<FileRecord>(bytes, 56 + row * sizeof(FileRecord));
        const std::string name = bytes.c_str() + std::min(bytes.size(), names + record.name);
        if (FileRecord *found = index.find(name, record.identity))
            static_cast<void>(index.defectOf(*found));
    }
    FileRecord record;
    record.identity.size = 5;
    index.add("a new one.jpg", record, "it is no picture");
    const FileRecord *found = index.find("a new one.jpg", record.identity);
    if (!found && index.size() == 1)
        stop("what was added is not there");
    if (found && index.defectOf(*found) != "it is no picture")
        stop("another defect than what was added");
}

/// The set in whose folder the made-up set.json lies.
FeatureSet exampleSet()
{
    FeatureSet set;
    set.pictures = {1, 2};
    set.layers = {{3, 4}, {5, 6}};
    set.shapes = {{512, 7, 7}, {64}};
    return set;
}

void readSet(const std::string &bytes)
{
    const fs::path cache = filePath().parent_path();
    write(folderOf(exampleSet(), cache) / "set.json", bytes);
    for (const FeatureSet &set : keptSets(cache))
        if (!(set == exampleSet()) || set.recordBytes() != (512 * 49 + 64) * 4)
            stop("another set than the folder's");
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int *, char ***)
{
    setenv("XDG_CACHE_HOME", filePath().parent_path().c_str(), 1);
    watchMemory();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const std::string kind = filePath().extension();
    static const fs::path folder = filePath().parent_path(); // which stands for a folder of pictures, too
    const unsigned mend = size > 0 ? data[0] : 0;
    std::string bytes(reinterpret_cast<const char *>(data), size);
    bytes.erase(0, 1);
    if (kind == ".features")
        bytes = mendedSegment(std::move(bytes), mend);
    else if (kind == ".decoded")
        bytes = mendedDecoded(std::move(bytes), mend);
    else if (kind == ".index")
        bytes = mendedIndex(std::move(bytes), mend, folder.string());
    const MemoryLimit limit(bytes.size());
    if (kind == ".features")
        readSegment(bytes);
    else if (kind == ".decoded")
        readDecoded(bytes);
    else if (kind == ".index")
        readIndex(bytes, folder);
    else
        readSet(bytes);
    return 0;
}
