#include "formats/support/pythonscript.h"

#include "formats/support/pythontext.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <span>

namespace graft {
namespace {

constexpr const char *introduction = R"python("""A network with its weights, written by Graft.

    python SCRIPT picture.jpg ...                what the network sees in pictures
    python SCRIPT --train FOLDER --epochs 5      trains on with FOLDER/<class>/..., or FOLDER/train and FOLDER/val;
                                                 a network with several label sets takes a FOLDER with a labels.csv

It needs torch and torchvision, and the weights that lie beside it. In a program of your own:

    model = load_model()
    for name, probability in predict(model, "picture.jpg"):
        print(name, probability)
"""
import argparse
import os
from pathlib import Path

import torch
import torchvision
from PIL import Image, ImageOps
from torch import nn
from torch.nn import functional
from torchvision import ops, transforms

)python";

constexpr const char *preparation = R"python(

def open_picture(path):
    """A picture in RGB, upright, on white where it is transparent."""
    picture = ImageOps.exif_transpose(Image.open(path))
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, (255, 255, 255, 255))
        picture = Image.alpha_composite(white, picture)
    return picture.convert("RGB")


def order_channels(pixels):
    return pixels.flip(0) if CHANNEL_ORDER == "BGR" else pixels


def preprocessing(augment=False):
    """How a picture becomes the network's input; with `augment`, a new view of it each time, for training."""
    mode = transforms.InterpolationMode(INTERPOLATION)
    if augment:
        size = [transforms.RandomResizedCrop(CROP, interpolation=mode), transforms.RandomHorizontalFlip()]
    elif RESIZE:
        size = [transforms.Resize(RESIZE, interpolation=mode), transforms.CenterCrop(CROP)]
    else:
        size = [transforms.Resize((CROP, CROP), interpolation=mode)]
    colours = [transforms.Grayscale()] if CHANNEL_ORDER == "L" else []
    return transforms.Compose(
        size + colours + [transforms.ToTensor(), transforms.Lambda(order_channels), transforms.Normalize(MEAN, STANDARD_DEVIATION)]
    )


def load_model(weights=WEIGHTS):
    """The network with its weights, ready to predict."""
    model = build_network()
    model.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
    return model.eval()


def class_name(index):
    return CLASSES[index] if index < len(CLASSES) else f"class {index}"
)python";

constexpr const char *training = R"python(
def in_block(name, block):
    return name == block or name.startswith(block + ".")


def is_frozen(name):
    return any(in_block(name, block) for block in FROZEN)


def learning_rate_factor(name):
    return next((factor for block, factor in LEARNING_RATE_FACTORS.items() if in_block(name, block)), 1.0)


def start_training(model):
    """Training mode, but for the frozen layers: BatchNorm keeps its statistics there, and dropout is off."""
    model.train()
    for name, module in model.named_modules():
        if name and is_frozen(name):
            module.eval()


def make_optimizer(model, learning_rate):
    """Frozen parameters get no gradient; the others learn at the rate times their layer's factor."""
    groups = {}
    for name, parameter in model.named_parameters():
        parameter.requires_grad = not is_frozen(name)
        if parameter.requires_grad:
            groups.setdefault(learning_rate_factor(name), []).append(parameter)
    if not groups:
        raise SystemExit("Every layer is frozen; shorten the list FROZEN to train some.")
    groups = [{"params": parameters, "lr": learning_rate * factor} for factor, parameters in groups.items()]
    return torch.optim.SGD(groups, lr=learning_rate, momentum=0.9)

)python";

constexpr const char *trainingLoop = R"python(
@torch.no_grad()
def evaluate(model, loader, device):
    """Mean loss and share of right answers."""
    model.eval()
    loss, right, count = 0.0, 0, 0
    for pictures, labels in loader:
        answers, labels = model(pictures.to(device)), labels.to(device)
        loss += loss_of(answers, labels).item() * len(labels)
        right += accuracy_of(answers, labels) * len(labels)
        count += len(labels)
    return loss / count, right / count


def train(model, folder, epochs, batch_size=32, learning_rate=0.001):
    """Trains the layers that are not frozen."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    training, validation = open_data(folder)
    workers = min(4, os.cpu_count() or 1)
    training = torch.utils.data.DataLoader(training, batch_size, shuffle=True, num_workers=workers)
    validation = torch.utils.data.DataLoader(validation, batch_size, num_workers=workers)
    model.to(device)
    optimizer = make_optimizer(model, learning_rate)
    loss, accuracy = evaluate(model, validation, device)
    print(f"before: validation loss {loss:.4f}, accuracy {accuracy:.1%}")
    for epoch in range(1, epochs + 1):
        start_training(model)
        total, count = 0.0, 0
        for pictures, labels in training:
            if len(labels) == 1 and count:
                continue  # BatchNorm learns nothing from a single picture
            answers, labels = model(pictures.to(device)), labels.to(device)
            answers, *auxiliary = answers if isinstance(answers, tuple) else (answers,)
            loss = loss_of(answers, labels)
            for answer, weight in zip(auxiliary, AUXILIARY_LOSS_WEIGHTS):
                loss = loss + weight * loss_of(answer, labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            count += len(labels)
        loss, accuracy = evaluate(model, validation, device)
        print(f"epoch {epoch}: training loss {total / count:.4f}, validation loss {loss:.4f}, accuracy {accuracy:.1%}")
    return model.cpu()


def main():
    parser = argparse.ArgumentParser(description="Predicts with the network, or trains it on.")
    parser.add_argument("pictures", nargs="*", help="pictures to look at")
    parser.add_argument("--weights", default=WEIGHTS, help="weights to start from (default: those beside this script)")
    parser.add_argument("--train", metavar="FOLDER", help="a folder with a folder of pictures for each class")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--lr", type=float, default=0.001, help="learning rate")
    parser.add_argument("--save", help="where trained weights go (default: beside this script, ending in .trained.pth)")
    options = parser.parse_args()
    if not options.train and not options.pictures:
        parser.error("name pictures to look at, or a folder to train on with --train")
    model = load_model(options.weights)
    if options.train:
        model = train(model, options.train, options.epochs, options.batch, options.lr).eval()
        path = options.save or Path(__file__).with_suffix(".trained.pth")
        torch.save(model.state_dict(), path)
        print(f"trained weights: {path}")
    for path in options.pictures:
        print(path)
        for name, probability in predict(model, path):
            print(f"  {probability:6.1%}  {name}")


if __name__ == "__main__":
    main()
)python";

constexpr const char *oneSet = R"python(

@torch.no_grad()
def predict(model, path, top=5):
    """The most probable classes of a picture, with their probabilities."""
    probabilities = model(preprocessing()(open_picture(path)).unsqueeze(0)).softmax(1)[0]
    best = probabilities.topk(min(top, len(probabilities)))
    return [(class_name(index), value) for value, index in zip(best.values.tolist(), best.indices.tolist())]

)python";

constexpr const char *oneSetTraining = R"python(
def open_folder(folder, augment):
    """Pictures in a folder for each class, with the network's numbers of the classes."""
    data = torchvision.datasets.ImageFolder(folder, preprocessing(augment), loader=open_picture)
    if CLASSES:
        strangers = [name for name in data.classes if name not in CLASSES]
        if strangers:
            raise SystemExit(f"The network does not know these classes: {', '.join(strangers)}.")
        data.target_transform = [CLASSES.index(name) for name in data.classes].__getitem__
    return data


def open_data(folder):
    """Pictures for training and for validation: train/ and val/, or every fifth picture for validation."""
    folder = Path(folder)
    if (folder / "train").is_dir():
        validation = next((folder / name for name in ("val", "valid", "validation", "test") if (folder / name).is_dir()), None)
        return open_folder(folder / "train", True), open_folder(validation or folder / "train", False)
    order = torch.randperm(len(open_folder(folder, False)), generator=torch.Generator().manual_seed(0)).tolist()
    part = len(order) // 5
    return (
        torch.utils.data.Subset(open_folder(folder, True), order[part:]),
        torch.utils.data.Subset(open_folder(folder, False), order[:part] or order),
    )


def loss_of(answers, labels):
    return functional.cross_entropy(answers, labels)


def accuracy_of(answers, labels):
    return (answers.argmax(1) == labels).float().mean().item()

)python";

constexpr const char *severalSets = R"python(

@torch.no_grad()
def predict(model, path, top=5):
    """The most probable classes of a picture in each label set, with their probabilities."""
    logits, best, first = model(preprocessing()(open_picture(path)).unsqueeze(0))[0], [], 0
    for name, size in LABEL_SETS:
        found = logits[first : first + size].softmax(0).topk(min(top, size))
        best += [(f"{name}: {class_name(first + index)}", value) for value, index in zip(found.values.tolist(), found.indices.tolist())]
        first += size
    return best

)python";

constexpr const char *severalSetsTraining = R"python(
class LabelledPictures(torch.utils.data.Dataset):
    """Rows of a labels.csv as pictures, each with its class in each label set; -1 where it is not known."""

    def __init__(self, folder, rows, augment):
        self.folder, self.rows, self.prepare = folder, rows, preprocessing(augment)

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        row, labels, first = self.rows[index], [], 0
        for name, size in LABEL_SETS:
            labels.append(CLASSES[first : first + size].index(row[name]) if row[name] else -1)
            first += size
        return self.prepare(open_picture(self.folder / row["file"])), torch.tensor(labels)


def open_data(folder):
    """Pictures for training and for validation: as the column split of labels.csv says, or every fifth picture for validation."""
    folder = Path(folder)
    with open(folder / "labels.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, skipinitialspace=True))
    held = [row.get("split", "train") != "train" for row in rows]
    if not any(held):
        order = torch.randperm(len(rows), generator=torch.Generator().manual_seed(0)).tolist()
        held = [place < len(rows) // 5 for place in order]
    training = [row for row, is_held in zip(rows, held) if not is_held]
    validation = [row for row, is_held in zip(rows, held) if is_held]
    return LabelledPictures(folder, training, True), LabelledPictures(folder, validation or training, False)


def by_label_set(answers, labels):
    """Answers and labels of each label set, of the pictures whose label is known."""
    first = 0
    for column, (_, size) in enumerate(LABEL_SETS):
        known = labels[:, column] >= 0
        if known.any():
            yield answers[known, first : first + size], labels[known, column]
        first += size


def loss_of(answers, labels):
    return sum((functional.cross_entropy(*part) for part in by_label_set(answers, labels)), 0 * answers.sum())


def accuracy_of(answers, labels):
    """The mean over the label sets."""
    shares = [(part.argmax(1) == truth).float().mean().item() for part, truth in by_label_set(answers, labels)]
    return sum(shares) / max(len(shares), 1)

)python";

/// The name as the help shows it; one with signs that a shell or a docstring takes amiss is not shown.
std::string shownName(const std::string &name)
{
    const auto isPlain = [](unsigned char c) { return c < 0x80 && (std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.'); };
    return std::ranges::all_of(name, isPlain) ? name : "model.py";
}

/// A number for each channel of the input.
std::string perChannel(const std::array<double, 3> &values, const Preprocessing &preprocessing)
{
    std::string text;
    for (const double value : std::span(values).first(static_cast<std::size_t>(channelCount(preprocessing))))
        text += (text.empty() ? "[" : ", ") + toPython(AttributeValue(value));
    return text + "]";
}

std::string list(const std::vector<std::string> &texts, const char *lineStart)
{
    std::string lines;
    for (const std::string &text : texts)
        lines += lineStart + toPython(text) + ",\n";
    return lines.empty() ? "[]" : "[\n" + lines + "]";
}

/// What `valueOf` says of layers that own tensors (or act in training), in as few entries as blocks allow: block or layer → value. Layers
/// without a value are left out.
std::vector<std::pair<std::string, double>> byBlocks(
    const Network &network, const NetworkAnalysis &analysis, const std::function<std::optional<double>(const Layer &)> &valueOf)
{
    std::map<std::string, std::optional<std::optional<double>>> blocks; // inner nothing: mixed or without value
    const auto isRelevant
        = [&](const Layer &layer) { return !analysis.find(layer.id)->tensors.empty() || layer.type.find("Drop") != std::string::npos; };
    for (const Layer &layer : network.layers()) {
        if (!isRelevant(layer))
            continue;
        for (std::string name = layer.name; !name.empty(); name = parentBlock(name)) {
            auto &known = blocks[name];
            const auto value = valueOf(layer);
            known = !known || *known == value ? value : std::nullopt;
        }
    }
    std::vector<std::pair<std::string, double>> entries;
    for (const Layer &layer : network.layers()) {
        std::string widest;
        for (std::string name = layer.name; isRelevant(layer) && !name.empty(); name = parentBlock(name))
            if (blocks.at(name)->has_value())
                widest = name;
        if (!widest.empty() && std::ranges::find(entries, widest, &std::pair<std::string, double>::first) == entries.end())
            entries.emplace_back(widest, **blocks.at(widest));
    }
    return entries;
}

/// Nothing for one set.
std::string labelSets(const ModelPackage &package)
{
    std::string lines;
    for (const LabelSet &set : package.labelSets)
        lines += "    (" + toPython(set.name) + ", " + std::to_string(set.classes) + "),\n";
    return lines.empty()
        ? lines
        : "\n# Those are of several label sets, one after another: each set's name and number of classes.\nLABEL_SETS = [\n" + lines + "]";
}

std::string constants(const ModelPackage &package, const NetworkAnalysis &analysis)
{
    std::vector<std::string> frozen;
    for (const auto &[block, value] :
        byBlocks(package.network, analysis, [](const Layer &layer) { return layer.frozen ? std::optional(1.0) : std::nullopt; }))
        frozen.push_back(block);
    std::string factors, auxiliary;
    for (const auto &[block, factor] : byBlocks(package.network, analysis,
             [](const Layer &layer) { return layer.learningRateFactor == 1.0 ? std::nullopt : std::optional(layer.learningRateFactor); }))
        factors += "    " + toPython(block) + ": " + toPython(AttributeValue(factor)) + ",\n";
    for (const AuxiliaryOutput &output : package.network.auxiliaryOutputs)
        auxiliary += (auxiliary.empty() ? "" : ", ") + toPython(AttributeValue(output.lossWeight));
    const Preprocessing &preprocessing = package.preprocessing;
    return "WEIGHTS = Path(__file__).with_suffix(\".weights.pth\")\n"
           "ORIGIN = "
        + toPython(package.origin)
        + "  # where the weights came from\n"
          "LICENCE = "
        + toPython(package.licence)
        + "  # of those weights, as far as it is known\n\n"
          "# How a picture becomes the network's input: the shorter side is resized (0: to the crop at once), the middle cut out,\n"
          "# and each channel normalised. The network was trained with just these numbers.\n"
          "RESIZE = "
        + std::to_string(preprocessing.resize)
        + "\n"
          "CROP = "
        + std::to_string(preprocessing.crop)
        + "\n"
          "INTERPOLATION = "
        + toPython(preprocessing.interpolation)
        + "\n"
          "CHANNEL_ORDER = "
        + toPython(preprocessing.channelOrder)
        + "\n"
          "MEAN = "
        + perChannel(preprocessing.mean, preprocessing)
        + "\n"
          "STANDARD_DEVIATION = "
        + perChannel(preprocessing.standardDeviation, preprocessing)
        + "\n\n"
          "# In the order of the outputs.\n"
          "CLASSES = "
        + list(package.classNames, "    ") + labelSets(package)
        + "\n\n"
          "# Blocks and layers that training leaves as they are, and those that learn at another rate than the rest.\n"
          "FROZEN = "
        + list(frozen, "    ")
        + "\n"
          "LEARNING_RATE_FACTORS = "
        + (factors.empty() ? "{}" : "{\n" + factors + "}")
        + "\n"
          "AUXILIARY_LOSS_WEIGHTS = ["
        + auxiliary + "]\n\n\n";
}

} // namespace

std::string pythonScript(const ModelPackage &package, const NetworkAnalysis &analysis, const std::string &scriptName)
{
    std::string head = introduction;
    for (auto at = head.find("SCRIPT"); at != std::string::npos; at = head.find("SCRIPT"))
        head.replace(at, 6, shownName(scriptName));
    const bool hasSets = !package.labelSets.empty();
    constexpr std::string_view firstImport = "import argparse\n";
    if (hasSets)
        head.insert(head.find(firstImport) + firstImport.size(), "import csv\n");
    return head + constants(package, analysis) + pythonNetwork(package.network, analysis) + preparation + (hasSets ? severalSets : oneSet)
        + training + (hasSets ? severalSetsTraining : oneSetTraining) + trainingLoop;
}

} // namespace graft
