#pragma once
#include "core/tensor.h"

#include <QFile>
#include <algorithm>
#include <nlohmann/json.hpp>

/// Tensors that this side and a Python oracle make alike of one file of random numbers, so that no weights need be written.
class WeightsPool {
public:
    /// False when the file of float32 numbers cannot be read.
    [[nodiscard]] bool load(const QString &path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return false;
        m_numbers.resize(static_cast<std::size_t>(file.size()) / sizeof(float));
        return !m_numbers.empty() && file.read(reinterpret_cast<char *>(m_numbers.data()), file.size()) == file.size();
    }

    [[nodiscard]] std::vector<float> numbers(std::size_t offset, std::int64_t count, float scale, float shift) const
    {
        std::vector<float> values(static_cast<std::size_t>(count));
        std::size_t position = offset % m_numbers.size();
        for (std::size_t done = 0; done < values.size(); position = 0) {
            const std::size_t run = std::min(values.size() - done, m_numbers.size() - position);
            std::transform(m_numbers.data() + position, m_numbers.data() + position + run, values.data() + done,
                [=](float value) { return value * scale + shift; });
            done += run;
        }
        return values;
    }

    /// The pictures that the oracle's `input` describes.
    [[nodiscard]] graft::Tensor pictures(const nlohmann::json &input) const
    {
        const graft::Shape shape = input["shape"];
        return graft::Tensor::fromFloats(shape, numbers(input["offset"], graft::elementCount(shape), 1, 0));
    }

    /// The state dict that the oracle's `tensors` describe.
    [[nodiscard]] graft::StateDict weights(const nlohmann::json &tensors) const
    {
        graft::StateDict result;
        std::size_t index = 0;
        for (const auto &entry : tensors) {
            const graft::Shape shape = entry["shape"];
            const auto count = graft::elementCount(shape);
            if (entry.contains("scale"))
                result.set(entry["name"], graft::Tensor::fromFloats(shape, numbers(index * 7919, count, entry["scale"], entry["shift"])));
            else
                result.set(entry["name"], graft::Tensor::fromInt64s(shape, entry["values"].get<std::vector<std::int64_t>>()));
            ++index;
        }
        return result;
    }

private:
    std::vector<float> m_numbers;
};
