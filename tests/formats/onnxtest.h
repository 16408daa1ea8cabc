#pragma once
#include "formats/format.h"
#include "nn/model.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <cmath>
#include <random>

/// Pictures of random numbers, as a network takes them.
inline graft::Tensor randomBatch(const graft::Shape &picture, int pictures, unsigned seed)
{
    std::mt19937 generator(seed);
    std::normal_distribution<float> normal;
    graft::Shape shape = picture;
    shape.insert(shape.begin(), pictures);
    std::vector<float> values(static_cast<std::size_t>(graft::elementCount(shape)));
    for (float &value : values)
        value = normal(generator);
    return graft::Tensor::fromFloats(shape, values);
}

inline graft::Result<graft::Tensor> answersOf(const graft::ModelPackage &package, const graft::Tensor &batch)
{
    const auto model = graft::Model::create(package.network, package.weights, {});
    return model ? model->forward(batch) : graft::fail(model.error());
}

/// The largest difference, as a share of the largest number.
inline double differenceOf(std::span<const float> expected, std::span<const float> got)
{
    if (expected.size() != got.size())
        return INFINITY;
    double difference = 0, scale = 1e-12;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        difference = std::max<double>(difference, std::abs(expected[i] - got[i]));
        scale = std::max<double>(scale, std::abs(expected[i]));
        if (!std::isfinite(got[i]))
            return INFINITY;
    }
    return difference / scale;
}

inline bool hasSameBest(std::span<const float> expected, std::span<const float> got, std::size_t rows)
{
    const std::size_t classes = expected.size() / rows;
    for (std::size_t row = 0; row < rows; ++row) {
        const auto a = expected.subspan(row * classes, classes), b = got.subspan(row * classes, classes);
        if (std::ranges::max_element(a) - a.begin() != std::ranges::max_element(b) - b.begin())
            return false;
    }
    return true;
}

/// Where packaging/test.sh puts onnxruntime-node; empty when it or node is missing.
inline QString onnxRuntimeModules()
{
    const QString named = GRAFT_NODE_MODULES;
    const bool isThere = QDir(named + "/onnxruntime-node").exists() && !QStandardPaths::findExecutable("node").isEmpty();
    return isThere ? named : QString();
}

/// onnx_run.js with these arguments; what it says on standard error.
inline QByteArray runOnnxRuntime(const QStringList &jobs)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("NODE_PATH", onnxRuntimeModules());
    process.setProcessEnvironment(environment);
    process.start("node", QStringList{GRAFT_SOURCE_DIR "/tests/formats/onnx_run.js"} + jobs);
    if (!process.waitForFinished(200'000) || process.exitCode() != 0)
        return "node failed: " + process.readAllStandardError();
    return process.readAllStandardError();
}

inline void writeBytes(const QString &path, std::span<const std::byte> bytes)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(reinterpret_cast<const char *>(bytes.data()), static_cast<qint64>(bytes.size()));
}

inline std::vector<float> readFloats(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray bytes = file.readAll();
    std::vector<float> values(static_cast<std::size_t>(bytes.size()) / sizeof(float));
    std::memcpy(values.data(), bytes.constData(), values.size() * sizeof(float));
    return values;
}
