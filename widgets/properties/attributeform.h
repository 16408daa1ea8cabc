#pragma once
#include "properties/attributerow.h"

#include <QWidget>
#include <optional>
#include <vector>

class QFormLayout;
class QLabel;

namespace graft {

/// The attributes of the chosen layers, an editor each, as their types' schemas describe them; of several layers every attribute that one
/// of them has. Rows live on where the new layers have the same attributes, so that typing goes on.
class AttributeForm : public QWidget {
    Q_OBJECT

public:
    explicit AttributeForm(QWidget *parent = nullptr);
    void setLayers(const std::vector<const Layer *> &layers);
    void setEditable(bool editable);
    void showError(const QString &attribute, const QString &sentence);
    [[nodiscard]] bool isEmpty() const { return m_rows.empty(); }

Q_SIGNALS:
    /// `layers` are those of the chosen ones that have the attribute; none: the default.
    void attributeRequested(
        const std::vector<graft::LayerId> &layers, const QString &name, const std::optional<graft::AttributeValue> &value);

protected:
    void changeEvent(QEvent *event) override;

private:
    void arrange(const std::vector<AttributeRow::Content> &contents);
    [[nodiscard]] AttributeRow *makeRow(const AttributeRow::Content &content);
    void showHelp(const AttributeRow *row);

    QFormLayout *m_form;
    QLabel *m_help;
    std::vector<AttributeRow *> m_rows;
    const AttributeRow *m_helped = nullptr;
    bool m_editable = true;
};

} // namespace graft
