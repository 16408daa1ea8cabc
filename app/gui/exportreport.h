#pragma once
#include "document/document.h"

#include <QFrame>

class QGridLayout;
class QLabel;

namespace graft {

/// What became of an export: where the file lies, what ran it, how near its answers are and how fast.
class ExportReport : public QFrame {
    Q_OBJECT
public:
    explicit ExportReport(QWidget *parent = nullptr);
    void setRecord(const std::optional<ExportRecord> &record); ///< none = hidden

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    void addRow(const QString &what, const QString &value);

    std::optional<ExportRecord> m_record;
    QLabel *m_icon = nullptr;
    QLabel *m_headline = nullptr;
    QLabel *m_detail = nullptr;
    QLabel *m_folder = nullptr;
    QGridLayout *m_rows = nullptr;
};

} // namespace graft
