#include "core/childprocess.h"
#include "core/files.h"
#include "evaluation/exportruntimes.h"
#include "formats/format.h"

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>

namespace graft {
namespace {

namespace fs = std::filesystem;

constexpr auto patience = std::chrono::minutes(3);
constexpr int noTorch = 77; ///< the status of a Python without torch and torchvision

/// Loads the script as a module, lets its network answer, and leaves the answers and the times beside the pictures. The working folder
/// is taken off the path: a file of the person's named torch.py must not stand in for torch.
constexpr const char *driver = R"python(
import sys
sys.dont_write_bytecode = True
sys.path = [folder for folder in sys.path if folder]
try:
    import torch
    import torchvision
except ImportError:
    sys.exit(77)
import importlib.machinery, importlib.util, json, time
script, folder, count, shape = sys.argv[1], sys.argv[2], int(sys.argv[3]), json.loads(sys.argv[4])
specification = importlib.util.spec_from_loader("exported", importlib.machinery.SourceFileLoader("exported", script))
module = importlib.util.module_from_spec(specification)
specification.loader.exec_module(module)
model = module.load_model()
numbers = count
for size in shape:
    numbers *= size
pictures = torch.from_file(folder + "/pictures.f32", size=numbers).reshape([count] + shape)
milliseconds, shapes = [], []
with torch.no_grad(), open(folder + "/answers.f32", "wb") as answers:
    model(pictures[:1])
    for picture in pictures.split(1):
        begin = time.perf_counter()
        answer = model(picture)
        milliseconds.append((time.perf_counter() - begin) * 1000)
        shapes.append(list(answer.shape))
        answers.write(answer.float().contiguous().numpy().tobytes())
with open(folder + "/report.json", "w") as report:
    json.dump({"torch": torch.__version__, "milliseconds": milliseconds, "shapes": shapes}, report)
)python";

std::vector<std::string> pythons()
{
    if (const char *chosen = std::getenv("GRAFT_PYTHON"))
        return {chosen};
    return {"python3", "/usr/bin/python3"};
}

Result<void> writePictures(const fs::path &path, std::span<const Tensor> pictures)
{
    return writeAtomically(path, [&](std::ostream &stream) -> Result<void> {
        for (const Tensor &picture : pictures)
            stream.write(reinterpret_cast<const char *>(picture.bytes().data()), static_cast<std::streamsize>(picture.bytes().size()));
        return {};
    });
}

Result<RuntimeAnswers> answersOf(const nlohmann::json &report, std::span<const float> values, std::size_t count)
{
    RuntimeAnswers answers{.runtime = "Python, torch " + report.at("torch").get<std::string>(),
        .outputs = {},
        .milliseconds = report.at("milliseconds").get<std::vector<double>>(),
        .remark = {}};
    for (const Shape &shape : report.at("shapes").get<std::vector<Shape>>()) {
        const auto size = static_cast<std::size_t>(elementCount(shape));
        if (size > values.size())
            break;
        answers.outputs.push_back(Tensor::fromFloats(shape, values.first(size)));
        values = values.subspan(size);
    }
    if (answers.outputs.size() != count || answers.milliseconds.size() != count)
        return fail(ErrorCode::Internal, "The script did not answer for every picture.");
    return answers;
}

Result<RuntimeAnswers> readAnswers(const fs::path &folder, std::size_t count)
{
    const auto text = readText(folder / "report.json"), bytes = readText(folder / "answers.f32");
    if (!text || !bytes)
        return fail(text ? bytes.error() : text.error());
    std::vector<float> values(bytes->size() / sizeof(float));
    std::memcpy(values.data(), bytes->data(), values.size() * sizeof(float));
    try {
        return answersOf(nlohmann::json::parse(*text), values, count);
    } catch (const nlohmann::json::exception &error) {
        return fail(ErrorCode::Internal, std::string("The script's answers cannot be read (") + error.what() + ").");
    }
}

std::string lastLine(const fs::path &path)
{
    std::string text = readText(path).value_or("");
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    return text.empty() ? "it did not end within 3 minutes" : text.substr(text.rfind('\n') + 1);
}

} // namespace

Result<RuntimeAnswers> runWithPython(const fs::path &path, std::span<const Tensor> pictures, const Cancellation &cancellation)
{
    const fs::path folder = path.parent_path(), words = folder / "words.txt";
    if (auto written = writePictures(folder / "pictures.f32", pictures); !written)
        return fail(written.error());
    const Shape shape(pictures.front().shape().begin() + 1, pictures.front().shape().end());
    for (const std::string &python : pythons()) {
        const auto end = runChild({.arguments = {python, "-c", driver, path.string(), folder.string(), std::to_string(pictures.size()),
                                       nlohmann::json(shape).dump()},
                                      .environment = {},
                                      .words = words,
                                      .patience = patience},
            cancellation);
        if (cancellation.requested())
            return fail(ErrorCode::Cancelled, "The check was stopped.");
        if (end && end->status == 0)
            return readAnswers(folder, pictures.size());
        if (end && end->status != noTorch)
            return fail(ErrorCode::FileCorrupt, "Python cannot run the script (" + lastLine(words) + ").", path.string());
    }
    fs::path weights = path;
    auto answers = runFreshBuild(weights.replace_extension(".weights.pth"), pictures, cancellation);
    if (answers)
        answers->remark = "The script itself was not run, because there is no Python with torch and torchvision here; its weights were.";
    return answers;
}

} // namespace graft
