#pragma once
#include "formats/format.h"
#include "formats/python.h"
#include "nn/model.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>

/// What the tests of formats that bring a PyTorch graph share.
namespace torchgraphs {

inline QString messageOf(const graft::Result<graft::ModelPackage> &result)
{
    return result ? QString("no error") : QString::fromStdString(result.error().message);
}

struct Reference {
    std::set<std::string> names; ///< of the state dict
    std::vector<float> logits; ///< of all pictures
    graft::Tensor pictures; ///< 3 of them
};

inline Reference reference(const QString &folder, const QString &family)
{
    Reference reference;
    QFile text(folder + "/" + family + ".json"), numbers(folder + "/" + family + ".bin");
    if (!text.open(QIODevice::ReadOnly) || !numbers.open(QIODevice::ReadOnly))
        return reference;
    const QJsonObject json = QJsonDocument::fromJson(text.readAll()).object();
    for (const auto &name : json["names"].toArray())
        reference.names.insert(name.toString().toStdString());
    for (const auto &logit : json["logits"].toArray())
        reference.logits.push_back(static_cast<float>(logit.toDouble()));
    const QByteArray bytes = numbers.readAll();
    std::vector<float> values(static_cast<std::size_t>(bytes.size()) / sizeof(float));
    std::memcpy(values.data(), bytes.constData(), values.size() * sizeof(float));
    const auto pixels = static_cast<std::int64_t>(std::lround(std::sqrt(static_cast<double>(values.size()) / 9)));
    reference.pictures = graft::Tensor::fromFloats({3, 3, pixels, pixels}, values);
    return reference;
}

/// The same network for inputs of another size.
inline graft::Network resized(graft::Network network, const graft::Shape &batch)
{
    network.find(network.layers().front().id)->attributes["shape"] = graft::Shape(batch.begin() + 1, batch.end());
    return network;
}

/// The largest difference from PyTorch's logits, as a share of the largest of those, over the first `pictures` of the reference.
inline double largestDifference(const graft::ModelPackage &package, const Reference &reference, std::int64_t pictures)
{
    graft::Shape shape = reference.pictures.shape();
    const auto model = graft::Model::create(resized(package.network, shape), package.weights, graft::Device());
    if (!model)
        return 1e9;
    const auto all = reference.pictures.floats();
    const std::size_t numbers = all.size() / static_cast<std::size_t>(shape[0]) * static_cast<std::size_t>(pictures);
    shape[0] = pictures;
    const auto logits = model->forward(graft::Tensor::fromFloats(shape, all.first(numbers)));
    const std::size_t expected = reference.logits.size() / 3 * static_cast<std::size_t>(pictures);
    if (!logits || logits->floats().size() != expected)
        return 1e9;
    double difference = 0, largest = 0;
    for (std::size_t i = 0; i < expected; ++i) {
        difference = std::max<double>(difference, std::abs(logits->floats()[i] - reference.logits[i]));
        largest = std::max<double>(largest, std::abs(reference.logits[i]));
    }
    return difference / largest;
}

/// The names of the state dict that the network has no tensor for, or the other way round; empty when there are none. What evaluation does
/// not use is left out: the auxiliary classifiers of GoogLeNet and Inception.
inline QString differentNames(const graft::ModelPackage &package, const Reference &reference)
{
    QString different;
    std::set<std::string> names;
    for (const auto &[name, tensor] : package.weights.entries()) {
        names.insert(name);
        if (!reference.names.contains(name))
            different += QString::fromStdString("+" + name + " ");
    }
    for (const std::string &name : reference.names)
        if (!names.contains(name) && !name.starts_with("aux1.") && !name.starts_with("aux2.") && !name.starts_with("AuxLogits."))
            different += QString::fromStdString("-" + name + " ");
    return different;
}

inline QString opaqueSteps(const graft::ModelPackage &package)
{
    return package.remarks.empty() ? QString() : QString::fromStdString(package.remarks.front());
}

} // namespace torchgraphs
