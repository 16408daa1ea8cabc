#include <QTest>

#include "layercases.h"

#include <torch/csrc/jit/frontend/tracer.h>
#include <torch/script.h>

using namespace graft;

/// A layer that is written down as it runs, which is how TorchScript files are made, must not remember the size of the batch.
class LayerTracingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTracedLayerTakesAnyNumberOfPictures();
};

void LayerTracingTest::aTracedLayerTakesAnyNumberOfPictures()
{
    const at::NoGradGuard noGradients;
    at::manual_seed(5);
    QStringList wrong;
    for (const Case &test : cases::all()) {
        if (test.inputs.empty())
            continue;
        cases::Prepared prepared = cases::prepare(test, 2);
        for (at::Tensor &tensor : prepared.tensors)
            tensor.requires_grad_(false);
        const auto forward = [&](torch::jit::Stack stack) -> torch::jit::Stack {
            std::vector<at::Tensor> inputs;
            for (const c10::IValue &value : stack)
                inputs.push_back(value.toTensor());
            return {prepared.type->forward({prepared.layer, inputs, prepared.tensors, false})};
        };
        const auto noName = [](const at::Tensor &) { return std::string(); };
        try {
            const torch::jit::Stack example(prepared.inputs.begin(), prepared.inputs.end());
            auto graph = torch::jit::tracer::trace(example, forward, noName, true, false, nullptr, {}).first->graph;
            torch::jit::GraphExecutor executor(graph, "forward");
            for (const std::int64_t batch : {1, 5}) {
                prepared.inputs = cases::prepare(test, batch).inputs;
                torch::jit::Stack stack(prepared.inputs.begin(), prepared.inputs.end());
                executor.run(stack);
                if (!at::allclose(stack.back().toTensor(), prepared.run(false), 1e-5, 1e-5))
                    wrong << QString::fromStdString(test.type) + " makes something else of another batch";
            }
        } catch (const std::exception &error) {
            wrong << QString::fromStdString(test.type) + ": " + error.what();
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
}

QTEST_GUILESS_MAIN(LayerTracingTest)
#include "layertracingtest.moc"
