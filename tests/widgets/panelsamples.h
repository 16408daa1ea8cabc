#pragma once
#include "data/dataset.h"
#include "evaluation/evaluation.h"
#include "graph/analysis.h"
#include "training/session.h"

#include <QImage>
#include <QPainter>
#include <vector>

/// Plain values that the panels' tests show.
namespace panelsamples {

inline graft::Network network()
{
    using graft::AttributeValue;
    graft::Network network;
    using Ints = std::vector<std::int64_t>;
    const auto input = network.add("input", "Input", {{"shape", AttributeValue{Ints{3, 64, 64}}}}, {});
    const auto conv = network.add("features.0.conv", "Conv2d",
        {{"in_channels", std::int64_t{3}}, {"out_channels", std::int64_t{16}}, {"kernel_size", Ints{3, 3}}, {"padding", Ints{1, 1}},
            {"bias", false}},
        {input});
    const auto norm = network.add("features.0.bn", "BatchNorm2d", {{"num_features", std::int64_t{16}}}, {conv});
    const auto active = network.add("features.0.relu", "ReLU", {}, {norm});
    const auto pool = network.add("avgpool", "AdaptiveAvgPool2d", {{"output_size", Ints{1, 1}}}, {active});
    const auto flat = network.add("flatten", "Flatten", {}, {pool});
    network.add("fc", "Linear", {{"in_features", std::int64_t{16}}, {"out_features", std::int64_t{12}}}, {flat});
    return network;
}

inline QImage picture(int index, int side = 128)
{
    QImage image(side, side, QImage::Format_RGB32);
    image.fill(QColor::fromHsv(index * 47 % 360, 120, 200));
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(QColor::fromHsv(index * 83 % 360, 200, 120));
    painter.setPen(Qt::NoPen);
    painter.drawEllipse(QRectF(side * 0.2, side * 0.15, side * (0.3 + 0.05 * (index % 6)), side * 0.6));
    return image;
}

inline graft::Dataset dataset()
{
    graft::Dataset data;
    data.folder = "/home/someone/Bilder/flowers12";
    data.classNames = {"Alpenglöckchen", "barbeton daisy", "bird of paradise", "向日葵", "foxglove", "Rhododendron ferrugineum", "rose",
        "snapdragon", "sweet william", "tulip", "wallflower", "water lily"};
    for (int label = 0; label < static_cast<int>(data.classNames.size()); ++label) {
        for (int index = 0; index < 30 + label * 7; ++index)
            data.samples.push_back(
                {data.folder / data.classNames[static_cast<std::size_t>(label)] / ("image_" + std::to_string(index) + ".jpg"), {label}});
    }
    data.broken = {{data.folder / "rose" / "image_0815.jpg", "The file is cut off after 12,288 bytes; copy it again."}};
    data.warnings = {"The class `tulip` has a picture that is also in `rose`; one of the two labels is wrong."};
    return data;
}

inline graft::Split split(const graft::Dataset &data)
{
    graft::Split parts;
    int index = 0;
    for (const graft::Sample &sample : data.samples)
        (index++ % 5 == 0 ? parts.validation : parts.train).push_back(sample);
    return parts;
}

inline std::vector<graft::MetricSample> metricSamples(int count, int perEpoch)
{
    std::vector<graft::MetricSample> samples;
    for (int step = 1; step <= count; ++step) {
        const double falling = 2.3 / (1 + 6.0 * step / count) + 0.3 * ((step * 79LL) % 101) / 101.0;
        const double rising = 0.95 - 0.8 / (1 + 12.0 * step / count) - 0.15 * ((step * 131LL) % 97) / 97.0;
        samples.push_back({(step - 1) / perEpoch + 1, step, falling, rising, 0.001});
    }
    return samples;
}

inline graft::EpochResult epoch(int number)
{
    graft::EpochResult result;
    result.epoch = number;
    result.train = {2.0 / (1 + 0.6 * number), 0.95 - 0.6 / number};
    result.validation = graft::Metrics{2.1 / (1 + 0.5 * number), 0.93 - 0.5 / number};
    result.seconds = 12.5;
    result.isBest = number <= 6;
    return result;
}

inline graft::Evaluation evaluation(int classes)
{
    graft::SetEvaluation result;
    const graft::Dataset data = dataset();
    result.confusion.assign(static_cast<std::size_t>(classes), std::vector<std::int64_t>(static_cast<std::size_t>(classes), 0));
    for (int row = 0; row < classes; ++row) {
        auto &counts = result.confusion[static_cast<std::size_t>(row)];
        counts[static_cast<std::size_t>(row)] = 15 + row % 5;
        counts[static_cast<std::size_t>((row + 3) % classes)] += row % 3;
        counts[static_cast<std::size_t>((row * 5 + 1) % classes)] += row % 2;
        const std::string name = row < 12 ? data.classNames[static_cast<std::size_t>(row)] : "class " + std::to_string(row);
        result.perClass.push_back({name, 18, 0.9 - 0.01 * (row % 9), 0.85 + 0.01 * (row % 12), 0.88});
    }
    result.samples = 18 * classes;
    result.accuracy = 0.942;
    result.top5 = 0.996;
    result.loss = 0.2134;
    return {result.samples, result.accuracy, result.loss, {result}};
}

inline graft::Prediction prediction()
{
    graft::Prediction result;
    result.sets = {{"", {{"向日葵", 3, 0.871}, {"barbeton daisy", 1, 0.092}, {"Rhododendron ferrugineum", 5, 0.021}, {"rose", 6, 0.009},
        {"tulip", 9, 0.0004}}}};
    return result;
}

} // namespace panelsamples
