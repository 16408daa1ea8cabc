#pragma once
#include "document/steps.h"

#include <QAbstractButton>
#include <array>

namespace graft {

/// One step: a numbered circle that shows the state by shape as well as by colour, and its name.
class StepButton : public QAbstractButton {
    Q_OBJECT
public:
    StepButton(int number, QWidget *parent);
    void setState(StepState state);
    [[nodiscard]] StepState state() const { return m_state; }
    void setCurrent(bool current);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintCircle(QPainter &painter, const QRectF &circle) const;

    int m_number;
    StepState m_state = StepState::NotYet;
    bool m_current = false;
};

/// The story along the top: six steps, to be visited in any order.
class StepBar : public QWidget {
    Q_OBJECT
public:
    explicit StepBar(QWidget *parent = nullptr);
    void setCurrent(Step step);
    void setState(Step step, StepState state);
    [[nodiscard]] StepButton *button(Step step) const { return m_buttons[static_cast<std::size_t>(step)]; }
    /// "Model", "Data", …
    [[nodiscard]] static QString title(Step step);

Q_SIGNALS:
    void stepChosen(graft::Step step);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void retranslate();

    std::array<StepButton *, allSteps.size()> m_buttons{};
};

} // namespace graft
