#pragma once
#include "evaluation/evaluation.h"

#include <QWidget>
#include <vector>

namespace graft {

/// The most probable classes, each with its bar and percentage. Ctrl+C copies them as lines.
class ProbabilityBars : public QWidget {
    Q_OBJECT

public:
    explicit ProbabilityBars(QWidget *parent = nullptr);
    void setClasses(const std::vector<ClassProbability> &classes);
    [[nodiscard]] QString asText() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    [[nodiscard]] int rowHeight() const;
    void copy() const;

    std::vector<ClassProbability> m_classes;
};

} // namespace graft
