#pragma once
#include "data/dataset.h"

#include <QTreeWidget>

namespace graft {

class Document;

/// What is not as it should be, in the data and in the plan: one line each with where it is. Empty when all is well.
class ProblemsView : public QTreeWidget {
    Q_OBJECT
public:
    explicit ProblemsView(QWidget *parent = nullptr);
    void setDocument(const Document &document);
    /// The machine's own: slow mathematics.
    void setMachineWarning(const QString &warning);
    [[nodiscard]] int count() const { return topLevelItemCount(); }

Q_SIGNALS:
    void countChanged(int count);

protected:
    void changeEvent(QEvent *event) override;

private:
    void add(const QString &problem, const QString &where);
    void copy() const;
    void retranslate();

    QString m_machineWarning;
};

} // namespace graft
