#pragma once
#include "graph/modelpackage.h"
#include "nn/model.h"
#include "support/smallnetworks.h"

/// A model small enough to be quick, with a trunk (`trunk.conv`) and a head (`fc`), with its weights.
inline graft::ModelPackage smallPackage(std::int64_t classes)
{
    using smallnetworks::Ints;
    graft::ModelPackage package;
    package.network.architecture = "test";
    const auto input = package.network.add("input", "Input", {{"shape", Ints{3, 8, 8}}}, {});
    const auto convolution = smallnetworks::convolution(package.network, "trunk.conv", input, 3, 4);
    const auto pool = package.network.add("pool", "AdaptiveAvgPool2d", {{"output_size", Ints{1, 1}}}, {convolution});
    const auto flat = package.network.add("flatten", "Flatten", {}, {pool});
    smallnetworks::linear(package.network, "fc", flat, 4, classes);
    package.weights = graft::initialWeights(package.network, 1).value();
    package.preprocessing.crop = package.preprocessing.resize = 8;
    return package;
}
