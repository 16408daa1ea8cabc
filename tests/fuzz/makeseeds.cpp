// makeseeds FOLDER: FOLDER/<format>/… holds a small file of each format that Graft writes, for the fuzzers to start from.
#include "core/files.h"
#include "document/project.h"
#include "formats/format.h"
#include "graph/edits.h"
#include "nn/model.h"
#include "support/smallnetworks.h"

#include <cstdio>

using namespace graft;

namespace {

ModelPackage packageOf(Network network, std::vector<std::string> classNames)
{
    ModelPackage package;
    package.weights = initialWeights(network, 5).value();
    package.network = std::move(network);
    package.preprocessing.crop = 16;
    package.preprocessing.resize = 16;
    package.classNames = std::move(classNames);
    return package;
}

/// Projects: with all their weights and a run behind them, with some, with no model.
int writeProjects(const std::filesystem::path &folder, const ModelPackage &package)
{
    Project trained;
    trained.package = package;
    trained.dataFolder = "/pictures";
    trained.selection = {package.network.layers().back().name};
    trained.training = TrainingRecord();
    trained.training->network = package.network;
    Project half = trained;
    half.package.weights = {};
    const Project projects[] = {trained, half, {}};
    std::filesystem::create_directories(folder);
    for (int index = 0; index < 3; ++index)
        if (const auto written = writeProject(folder / ("written" + std::to_string(index) + ".graft"), projects[index]); !written) {
            std::fprintf(stderr, "%s\n", written.error().message.c_str());
            return 1;
        }
    return 0;
}

/// A label file of each kind; the fuzzer's folder has no picture but the file itself.
int writeLabels(const std::filesystem::path &folder)
{
    const char *texts[] = {"file,species,health\nlabels.csv,oak,ill\na.png,\"elm, \"\"field\"\"\",\n",
        "\xEF\xBB\xBF"
        "file,split,a\r\nlabels.csv,train,x\r\n\"labels.csv\",val,y\r\n../b,test,z\r\n"};
    std::filesystem::create_directories(folder);
    for (int index = 0; index < 2; ++index)
        if (!writeText(folder / ("written" + std::to_string(index) + ".csv"), texts[index]))
            return 1;
    return 0;
}

} // namespace

int main(int count, char **arguments)
{
    if (count != 2)
        return 2;
    const ModelPackage packages[]
        = {packageOf(smallnetworks::residual(3), {"ant", "bee", "cat"}), packageOf(smallnetworks::convolutionalHead(2), {})};
    for (const Format &format : formats().all()) {
        if (!format.write || !format.read)
            continue;
        const auto folder = std::filesystem::path(arguments[1]) / format.name;
        std::filesystem::create_directories(folder);
        for (int index = 0; index < 2; ++index) {
            const auto path = folder / ("written" + std::to_string(index) + "." + format.extensions.front());
            if (const auto written = writeModel(path, format.name, packages[index]); !written) {
                std::fprintf(stderr, "%s\n", written.error().message.c_str());
                return 1;
            }
        }
    }
    if (writeLabels(std::filesystem::path(arguments[1]) / "labels") != 0)
        return 1;
    return writeProjects(std::filesystem::path(arguments[1]) / "project", packages[0]);
}
