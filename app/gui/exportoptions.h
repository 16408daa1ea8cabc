#pragma once
#include "graph/layertype.h"

#include <QWidget>

class QFormLayout;

namespace graft {

/// Fields for what a file format lets one choose; made from the format's own schema.
class ExportOptions : public QWidget {
    Q_OBJECT
public:
    explicit ExportOptions(QWidget *parent = nullptr);
    /// Hidden when there is nothing to choose. What was chosen for options of the same name and kind stays.
    void setSchema(const std::vector<AttributeSchema> &schema);
    /// A value for each option.
    [[nodiscard]] const Attributes &values() const { return m_values; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void rebuild();
    [[nodiscard]] QWidget *makeField(const AttributeSchema &option);

    std::vector<AttributeSchema> m_schema;
    Attributes m_values;
    QFormLayout *m_rows = nullptr;
};

} // namespace graft
