#pragma once
#include "compare/comparerows.h"
#include "controllers/workbench.h"

namespace graft {

/// Two models and what is different about them; the open one is on the right.
struct Comparison {
    CompareSide left, right;
    ModelDifference difference;
};

/// Compares the open model with a file or with what it was when it was opened, on a worker thread. Window's thread.
class CompareController : public QObject {
    Q_OBJECT
public:
    static inline const QString lane = QStringLiteral("compare");

    explicit CompareController(Workbench &workbench, QObject *parent = nullptr);
    /// A file, or what else the engine's openModel() takes.
    void compareWith(const QString &reference);
    void compareWithOpened();

Q_SIGNALS:
    void started(const graft::Wording &text); ///< followed by one of the others
    void compared(const graft::Comparison &comparison);
    void failed(const graft::Error &error);
    void cancelled();

private:
    /// The sides come without their networks.
    void compare(CompareSide left, CompareSide right, std::function<Result<ModelPackage>(const JobContext &)> open);

    [[nodiscard]] CompareSide now() const;

    Workbench &m_workbench;
    ModelPackage m_opened; ///< shares its tensors with the open model as long as they are the same
};

} // namespace graft
