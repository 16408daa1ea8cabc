#include "nn/device.h"

#include <ATen/ATen.h>
#include <QTest>
#include <cmath>
#include <cstdlib>
#include <dlfcn.h>

using namespace graft;

class OpenblasTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theCodeFitsTheProcessor();
    void productsAreRight();
};

void OpenblasTest::theCodeFitsTheProcessor()
{
#if defined(__x86_64__)
    if (std::getenv("OPENBLAS_CORETYPE"))
        QSKIP("OPENBLAS_CORETYPE says which code OpenBLAS takes.");
    const auto chosenCode = reinterpret_cast<char *(*)()>(::dlsym(RTLD_DEFAULT, "openblas_get_corename"));
    if (!chosenCode)
        QSKIP("LibTorch uses another BLAS here.");
    if (!__builtin_cpu_supports("avx2"))
        QSKIP("This processor has nothing newer.");
    prepareThreads();
    QVERIFY2(QByteArray(chosenCode()) != "Prescott", chosenCode());
    QVERIFY(!std::getenv("OPENBLAS_CORETYPE")); // programs started from here choose for themselves
    QVERIFY(!std::getenv("OPENBLAS_THREAD_TIMEOUT"));
#else
    QSKIP("Only for processors of the x86-64 kind.");
#endif
}

/// Large ones too, which several threads share.
void OpenblasTest::productsAreRight()
{
    prepareThreads();
    for (const std::int64_t size : {3, 65, 300}) {
        const at::Tensor left = at::rand({size, 2 * size}), right = at::rand({2 * size, size + 1});
        const at::Tensor product = at::mm(left, right);
        const auto of = left.accessor<float, 2>(), by = right.accessor<float, 2>(), made = product.accessor<float, 2>();
        for (std::int64_t row = 0; row < size; ++row)
            for (std::int64_t column = 0; column <= size; ++column) {
                double sum = 0;
                for (std::int64_t k = 0; k < 2 * size; ++k)
                    sum += static_cast<double>(of[row][k]) * static_cast<double>(by[k][column]);
                QVERIFY(std::abs(sum - static_cast<double>(made[row][column])) <= 1e-5 * sum);
            }
    }
}

QTEST_GUILESS_MAIN(OpenblasTest)
#include "openblastest.moc"
