#include "formats/keras/kerasimport.h"

#include <algorithm>
#include <array>

namespace graft::keras {
namespace {

/// What keras.applications' `preprocess_input` of a family does.
enum class Convention {
    Caffe, ///< BGR, less the mean of ImageNet's pixels
    TensorFlow, ///< x / 127.5 − 1
    Torch, ///< x / 255, less the mean, by the deviation
};

struct Family {
    std::string_view name; ///< in the model's name, lower case
    std::string_view title;
    Convention convention;
};

/// The longer of two names that begin alike comes first.
constexpr std::array families{
    Family{"inception_resnet", "Inception-ResNet", Convention::TensorFlow},
    Family{"resnet50v2", "ResNet V2", Convention::TensorFlow},
    Family{"resnet101v2", "ResNet V2", Convention::TensorFlow},
    Family{"resnet152v2", "ResNet V2", Convention::TensorFlow},
    Family{"resnet", "ResNet", Convention::Caffe},
    Family{"vgg", "VGG", Convention::Caffe},
    Family{"densenet", "DenseNet", Convention::Torch},
    Family{"mobilenet", "MobileNet", Convention::TensorFlow},
    Family{"inception", "Inception", Convention::TensorFlow},
    Family{"xception", "Xception", Convention::TensorFlow},
    Family{"nasnet", "NASNet", Convention::TensorFlow},
};

std::string lowerCase(std::string text)
{
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

// NOLINTNEXTLINE(misc-no-recursion): models are nested a few levels deep.
const Family *familyOf(const KerasModel &model)
{
    const std::string name = lowerCase(model.name);
    for (const Family &family : families)
        if (name.find(family.name) != std::string::npos)
            return &family;
    for (const KerasLayer &layer : model.layers)
        if (const Family *inside = layer.model ? familyOf(*layer.model) : nullptr)
            return inside;
    return nullptr;
}

/// Whether the network itself brings pixels into the range it wants: the first layer that changes anything does so.
bool scalesItself(const Network &network)
{
    for (const Layer &layer : network.layers()) {
        if (layer.type == "Scale" || (layer.type == "Parameter" && layer.name.ends_with("_factor")))
            return true;
        if (layer.type != "Input" && layer.type != "Identity" && layer.type != "Parameter")
            return false;
    }
    return false;
}

constexpr double whole = 255;

Preprocessing byConvention(Convention convention)
{
    constexpr double half = 0.5;
    Preprocessing preprocessing;
    if (convention == Convention::TensorFlow) {
        preprocessing.mean = {half, half, half};
        preprocessing.standardDeviation = {half, half, half};
    } else if (convention == Convention::Caffe) {
        preprocessing.channelOrder = "BGR";
        preprocessing.mean = {103.939 / whole, 116.779 / whole, 123.68 / whole};
        preprocessing.standardDeviation = {1 / whole, 1 / whole, 1 / whole};
    }
    return preprocessing;
}

} // namespace

void setPreprocessing(FileContents &contents, const KerasModel &model)
{
    constexpr std::int64_t largestPicture = 4096;
    const Shape shape = contents.network->inputShape();
    Preprocessing preprocessing;
    std::string remark;
    if (scalesItself(*contents.network)) {
        preprocessing.mean = {0, 0, 0};
        preprocessing.standardDeviation = {1 / whole, 1 / whole, 1 / whole};
        remark = "The network scales pixels itself, so it gets them from 0 to 255.";
    } else if (const Family *family = familyOf(model)) {
        preprocessing = byConvention(family->convention);
        remark = "The file does not say its preprocessing; that of keras.applications' " + std::string(family->title) + " is taken.";
    } else {
        preprocessing.mean = {0, 0, 0};
        preprocessing.standardDeviation = {1, 1, 1};
        remark = "The file does not say its preprocessing; pixels divided by 255 are taken. Check its accuracy before you use it.";
    }
    // As Keras' own loaders do it: straight to the size, whatever the picture's form.
    preprocessing.resize = 0;
    preprocessing.crop = static_cast<int>(std::clamp<std::int64_t>(shape.size() == 3 ? shape[1] : 1, 1, largestPicture));
    contents.preprocessing = preprocessing;
    contents.remarks.push_back(std::move(remark));
}

} // namespace graft::keras
