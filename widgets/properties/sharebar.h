#pragma once
#include <QWidget>

namespace graft {

/// A thin bar of two parts: the trainable share warm and plain, the frozen rest cool and hatched.
class ShareBar : public QWidget {
    Q_OBJECT

public:
    explicit ShareBar(QWidget *parent = nullptr);
    void setShare(double trainable); ///< 0 … 1
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double m_share = 0;
};

} // namespace graft
