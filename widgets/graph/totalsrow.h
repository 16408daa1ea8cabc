#pragma once
#include <QStringList>
#include <QWidget>

class QHeaderView;

namespace graft {

/// A line of sums beneath a table, each under its column wherever the person moves it.
class TotalsRow : public QWidget {
    Q_OBJECT

public:
    TotalsRow(QHeaderView *header, QWidget *parent = nullptr);
    /// One for each column of the model, as the header counts them; empty for none.
    void setTexts(const QStringList &texts);
    [[nodiscard]] QStringList texts() const { return m_texts; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QHeaderView *m_header;
    QStringList m_texts;
};

} // namespace graft
