<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>graft::Actions</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Open a model…</source>
        <translation>打开模型(&amp;O)…</translation>
    </message>
    <message>
        <source>Open a &amp;folder of pictures…</source>
        <translation>打开图片文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>Opened &amp;lately</source>
        <translation>最近打开(&amp;L)</translation>
    </message>
    <message>
        <source>Try what is &amp;built in</source>
        <translation>试用内置内容(&amp;B)</translation>
    </message>
    <message>
        <source>Try a &amp;picture…</source>
        <translation>试一张图片(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Export the model…</source>
        <translation>导出模型(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Freeze the selected layers</source>
        <translation>冻结所选的层(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Train the selected layers</source>
        <translation>训练所选的层(&amp;T)</translation>
    </message>
    <message>
        <source>Freeze everything &amp;before here</source>
        <translation>冻结此处之前的所有层(&amp;B)</translation>
    </message>
    <message>
        <source>Freeze &amp;all but the head</source>
        <translation>只留分类头，其余冻结(&amp;A)</translation>
    </message>
    <message>
        <source>Train &amp;everything</source>
        <translation>训练全部(&amp;E)</translation>
    </message>
    <message>
        <source>Replace the &amp;head</source>
        <translation>更换分类头(&amp;H)</translation>
    </message>
    <message>
        <source>Find a &amp;layer…</source>
        <translation>查找层(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Steps</source>
        <translation>步骤(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Training</source>
        <translation>训练(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>训练(&amp;T)</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>&amp;Go on with the last run</source>
        <translation>继续上一次训练(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Judge the model</source>
        <translation>评估模型(&amp;J)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>Show the &amp;whole graph</source>
        <translation>显示整张图(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Unfold all blocks</source>
        <translation>展开所有模块(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Fold all blocks</source>
        <translation>折叠所有模块(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <translation>外观(&amp;L)</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>L&amp;anguage</source>
        <translation>语言(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>面板(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Reset the layout</source>
        <translation>恢复默认布局(&amp;R)</translation>
    </message>
    <message>
        <source>Full &amp;screen</source>
        <translation>全屏(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;About Graft</source>
        <translation>关于 Graft(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Pretrained networks…</source>
        <translation>预训练网络(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;New project</source>
        <translation>新建项目(&amp;N)</translation>
    </message>
    <message>
        <source>Open a pro&amp;ject…</source>
        <translation>打开项目(&amp;J)…</translation>
    </message>
    <message>
        <source>&amp;Save the project</source>
        <translation>保存项目(&amp;S)</translation>
    </message>
    <message>
        <source>Save the project &amp;as…</source>
        <translation>项目另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Unsaved work</source>
        <translation>未保存的工作(&amp;U)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>D&amp;uplicate</source>
        <translation>复制一份(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>Re&amp;name…</source>
        <translation>重命名(&amp;N)…</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Layers</source>
        <translation>层(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Add a layer…</source>
        <translation>添加层(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Compare with the model as opened</source>
        <translation>与打开时的模型比较(&amp;C)</translation>
    </message>
    <message>
        <source>Compare with a f&amp;ile…</source>
        <translation>与文件比较(&amp;I)…</translation>
    </message>
    <message>
        <source>Export the &amp;graph…</source>
        <translation>导出层图(&amp;G)…</translation>
    </message>
</context>
<context>
    <name>graft::AttributeForm</name>
    <message>
        <source>%1: %2</source>
        <comment>attribute: help</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Point at an attribute to see what it means.</source>
        <translation>指向某个属性，查看它的含义。</translation>
    </message>
</context>
<context>
    <name>graft::AttributeRow</name>
    <message>
        <source>%1 (%2)</source>
        <comment>attribute and its unit</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Back to the default, %1</source>
        <translation>恢复默认值 %1</translation>
    </message>
    <message>
        <source>%1: back to the default</source>
        <translation>%1：恢复默认值</translation>
    </message>
</context>
<context>
    <name>graft::AugmentationPanel</name>
    <message>
        <source>Training sees each picture a little different every time, so that it learns the thing and not the photo.</source>
        <translation>训练时每次看到的图片都略有不同，这样学到的是事物本身，而不是某张照片。</translation>
    </message>
    <message>
        <source>Position and size</source>
        <translation>位置与大小</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Examples appear here once a folder of pictures is chosen.</source>
        <translation>选择图片文件夹之后，这里会显示示例。</translation>
    </message>
    <message>
        <source>Examples of augmented pictures</source>
        <translation>增强图片的示例</translation>
    </message>
    <message>
        <source>Other examples</source>
        <translation>换一批示例</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Pictures as they are, cut to the middle.</source>
        <translation>图片保持原样，只裁取中间部分。</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>轻度</translation>
    </message>
    <message>
        <source>Slightly different crops, mirrored every second time.</source>
        <translation>裁剪略有不同，每两次镜像一次。</translation>
    </message>
    <message>
        <source>Classic</source>
        <translation>经典</translation>
    </message>
    <message>
        <source>Crops, turns, shifts, zoom and colours, all in moderation.</source>
        <translation>适度的裁剪、旋转、平移、缩放和颜色变化。</translation>
    </message>
    <message>
        <source> %</source>
        <comment>percent, after a number</comment>
        <translation> %</translation>
    </message>
    <message>
        <source>°</source>
        <comment>degrees, after a number</comment>
        <translation>°</translation>
    </message>
    <message>
        <source>Random crop</source>
        <translation>随机裁剪</translation>
    </message>
    <message>
        <source>Cuts out a part of the picture, of changing size and shape, and scales it to the network&apos;s input.</source>
        <translation>从图片中截取大小和形状不断变化的一部分，并缩放到网络的输入大小。</translation>
    </message>
    <message>
        <source>Smallest crop</source>
        <translation>最小裁剪</translation>
    </message>
    <message>
        <source>The least share of the picture&apos;s area that a crop keeps.</source>
        <translation>裁剪至少保留的图片面积比例。</translation>
    </message>
    <message>
        <source>Largest crop</source>
        <translation>最大裁剪</translation>
    </message>
    <message>
        <source>The greatest share of the picture&apos;s area that a crop keeps.</source>
        <translation>裁剪至多保留的图片面积比例。</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>How often a picture is flipped left to right. Set it to 0 where left and right matter, as in writing.</source>
        <translation>图片左右翻转的频率。在左右有区别的场合（例如文字）请设为 0。</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Turns the picture by up to this angle, either way.</source>
        <translation>向任一方向旋转图片，不超过这个角度。</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Enlarges or shrinks the picture by up to this much.</source>
        <translation>放大或缩小图片，不超过这个幅度。</translation>
    </message>
    <message>
        <source>Shift sideways</source>
        <translation>左右平移</translation>
    </message>
    <message>
        <source>Moves the picture left or right by up to this share of its width.</source>
        <translation>向左或向右移动图片，不超过宽度的这个比例。</translation>
    </message>
    <message>
        <source>Shift up and down</source>
        <translation>上下平移</translation>
    </message>
    <message>
        <source>Moves the picture up or down by up to this share of its height.</source>
        <translation>向上或向下移动图片，不超过高度的这个比例。</translation>
    </message>
    <message>
        <source>Fill corners with</source>
        <translation>空白处填充</translation>
    </message>
    <message>
        <source>What stands where turning or moving has left nothing.</source>
        <translation>旋转或移动之后空出来的地方用什么填充。</translation>
    </message>
    <message>
        <source>the mean colour</source>
        <translation>平均颜色</translation>
    </message>
    <message>
        <source>the nearest pixel</source>
        <translation>最近的像素</translation>
    </message>
    <message>
        <source>its mirror image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>the other side</source>
        <translation>另一侧的内容</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Makes the picture lighter or darker by up to this much.</source>
        <translation>使图片变亮或变暗，不超过这个幅度。</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>Makes differences stronger or weaker by up to this much.</source>
        <translation>使明暗差别变强或变弱，不超过这个幅度。</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>Makes colours stronger or greyer by up to this much.</source>
        <translation>使颜色更鲜艳或更灰，不超过这个幅度。</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>色相</translation>
    </message>
    <message>
        <source>Turns all colours on the colour wheel by up to this angle. Set it to 0 where colour tells the classes apart.</source>
        <translation>在色轮上转动所有颜色，不超过这个角度。如果类别靠颜色区分，请设为 0。</translation>
    </message>
    <message>
        <source>Channel shift</source>
        <translation>通道偏移</translation>
    </message>
    <message>
        <source>Moves red, green and blue up or down by up to this much of 255, each on its own.</source>
        <translation>分别提高或降低红、绿、蓝，不超过 255 中的这个值。</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>数据增强</translation>
    </message>
    <message>
        <source>Variants</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>Variants per picture</source>
        <translation>每张图片的变体数</translation>
    </message>
    <message>
        <source>How many views of each picture are drawn; the epochs show them by turns. What the frozen layers make of a view is computed once and kept, so that later epochs and later runs take a moment. More variants teach a little more and take longer at first; 0 draws new ones every epoch and keeps nothing. Without frozen layers at the start of the network every epoch has new ones anyway.</source>
        <translation>每张图片抽取多少个变体；各轮训练轮流使用。冻结层对每个变体的计算结果只算一次并保留下来，因此之后的轮次和之后的训练只需片刻。变体越多，学到的略多，开始时也更慢；0 表示每轮都抽取新的变体，什么也不保留。若网络开头没有冻结层，则每轮总是使用新的变体。</translation>
    </message>
    <message>
        <source>new ones every epoch</source>
        <translation>每轮都用新的</translation>
    </message>
</context>
<context>
    <name>graft::Autosave</name>
    <message>
        <source>Restoring your work</source>
        <translation>正在恢复您的工作</translation>
    </message>
</context>
<context>
    <name>graft::CacheController</name>
    <message>
        <source>Measuring what is kept</source>
        <translation>正在统计保留的内容</translation>
    </message>
    <message>
        <source>Clearing what is kept</source>
        <translation>正在清除保留的内容</translation>
    </message>
</context>
<context>
    <name>graft::CacheRows</name>
    <message>
        <source> GB</source>
        <comment>after a number</comment>
        <translation> GB</translation>
    </message>
    <message>
        <source>Clear…</source>
        <translation>清除…</translation>
    </message>
    <message>
        <source>Default folder</source>
        <translation>默认文件夹</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>automatic: %1</source>
        <translation>自动：%1</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
</context>
<context>
    <name>graft::ChoiceEditor</name>
    <message>
        <source>several values</source>
        <translation>多个值</translation>
    </message>
</context>
<context>
    <name>graft::ClassTableModel</name>
    <message>
        <source>%1: %L2 for training, %L3 for validation</source>
        <translation>%1：训练 %L2 张，验证 %L3 张</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Label set</source>
        <translation>标签集</translation>
    </message>
</context>
<context>
    <name>graft::CompareController</name>
    <message>
        <source>%1, now</source>
        <translation>%1，现在</translation>
    </message>
    <message>
        <source>%1, as opened</source>
        <translation>%1，打开时</translation>
    </message>
    <message>
        <source>Comparing with %1…</source>
        <translation>正在与 %1 比较…</translation>
    </message>
    <message>
        <source>As opened</source>
        <translation>打开时</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
</context>
<context>
    <name>graft::CompareModel</name>
    <message>
        <source>equal</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>small tensors only</source>
        <translation>仅小张量</translation>
    </message>
    <message>
        <source>other shape</source>
        <translation>形状不同</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Weights changed</source>
        <translation>权重变化</translation>
    </message>
    <message>
        <source>Length of the change of the layer&apos;s largest tensor, as a share of the tensor&apos;s length before: ‖now − before‖ / ‖before‖</source>
        <translation>该层最大张量的变化量的长度，占原张量长度的比例：‖现在 − 之前‖ / ‖之前‖</translation>
    </message>
</context>
<context>
    <name>graft::CompareView</name>
    <message>
        <source>%1 parameters</source>
        <translation>%1 个参数</translation>
    </message>
    <message>
        <source>%1 ↔ %2</source>
        <comment>the two sides of a comparison</comment>
        <translation>%1 ↔ %2</translation>
    </message>
    <message>
        <source>Filter rows</source>
        <translation>筛选行</translation>
    </message>
    <message>
        <source>Only differences</source>
        <translation>仅差异</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copies the chosen rows, or all that are shown, as tab-separated text (Ctrl+C)</source>
        <translation>将所选的行（未选时为所有显示的行）复制为以制表符分隔的文本（Ctrl+C）</translation>
    </message>
    <message>
        <source>Compare with a file…</source>
        <translation>与文件比较…</translation>
    </message>
    <message>
        <source>Back to the graph</source>
        <translation>返回层图</translation>
    </message>
    <message>
        <source>Comparison of two networks</source>
        <translation>两个网络的比较</translation>
    </message>
</context>
<context>
    <name>graft::ConfusionView</name>
    <message>
        <source>Taken for →</source>
        <translation>被认作 →</translation>
    </message>
    <message>
        <source>← Is really</source>
        <translation>← 实际是</translation>
    </message>
    <message>
        <source>1 picture of %1 recognised (%2 of them)</source>
        <translation>%1 有 1 张图片识别正确（占 %2）</translation>
    </message>
    <message numerus="yes">
        <source>%Ln pictures of %1 recognised (%2 of them)</source>
        <translation>
            <numerusform>%1 有 %Ln 张图片识别正确（占 %2）</numerusform>
        </translation>
    </message>
    <message>
        <source>1 picture of %1 taken for %2 (%3 of them)</source>
        <translation>%1 有 1 张图片被认作 %2（占 %3）</translation>
    </message>
    <message numerus="yes">
        <source>%Ln pictures of %1 taken for %2 (%3 of them)</source>
        <translation>
            <numerusform>%1 有 %Ln 张图片被认作 %2（占 %3）</numerusform>
        </translation>
    </message>
    <message>
        <source>really / taken for</source>
        <translation>实际 / 被认作</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制为文本</translation>
    </message>
    <message>
        <source>Copy as picture</source>
        <translation>复制为图片</translation>
    </message>
</context>
<context>
    <name>graft::ConnectionDrag</name>
    <message>
        <source>Drag the arrow away to disconnect it or to connect another input</source>
        <translation>把箭头拖开可断开连接，或改接到另一个输入</translation>
    </message>
    <message>
        <source>Drag to the layer that is to take this output</source>
        <translation>拖到要接收此输出的层</translation>
    </message>
    <message>
        <source>Cannot end here</source>
        <translation>不能连到这里</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开连接</translation>
    </message>
    <message>
        <source>%1: the shapes do not fit</source>
        <translation>%1：形状不匹配</translation>
    </message>
    <message>
        <source>%1, input %2</source>
        <translation>%1，输入 %2</translation>
    </message>
</context>
<context>
    <name>graft::CurvesView</name>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Accuracy, %</source>
        <translation>准确率，%</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>Training, batches</source>
        <translation>训练（批次）</translation>
    </message>
    <message>
        <source>Training, epochs</source>
        <translation>训练（轮）</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Best epoch</source>
        <translation>最佳轮</translation>
    </message>
    <message>
        <source>Curves of loss and accuracy</source>
        <translation>损失与准确率曲线</translation>
    </message>
    <message>
        <source>Loss and accuracy appear here while training runs.</source>
        <translation>训练时，损失和准确率会显示在这里。</translation>
    </message>
    <message>
        <source>Point at the curves for figures; the wheel zooms, a double click shows all.</source>
        <translation>指向曲线可查看数值；滚轮缩放，双击显示全部。</translation>
    </message>
    <message>
        <source>loss %1, accuracy %2</source>
        <translation>损失 %1，准确率 %2</translation>
    </message>
    <message>
        <source>Epoch %1</source>
        <translation>第 %1 轮</translation>
    </message>
    <message>
        <source>training: %1</source>
        <translation>训练：%1</translation>
    </message>
    <message>
        <source>validation: %1</source>
        <translation>验证：%1</translation>
    </message>
    <message>
        <source>batch %L1: loss %2, learning rate %3</source>
        <translation>批次 %L1：损失 %2，学习率 %3</translation>
    </message>
    <message>
        <source>Copy as picture</source>
        <translation>复制为图片</translation>
    </message>
    <message>
        <source>Copy epochs as CSV</source>
        <translation>将各轮复制为 CSV</translation>
    </message>
    <message>
        <source>Copy batches as CSV</source>
        <translation>将各批次复制为 CSV</translation>
    </message>
    <message>
        <source>Logarithmic loss</source>
        <translation>损失用对数刻度</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Validation: %1</source>
        <translation>验证：%1</translation>
    </message>
    <message>
        <source>Training: %1</source>
        <translation>训练：%1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a label set and its accuracy</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>accuracies: %1</source>
        <translation>各标签集准确率：%1</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between label sets</comment>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>graft::DatasetView</name>
    <message>
        <source>Drop a folder of pictures here, or choose one</source>
        <translation>把图片文件夹拖放到这里，或选择一个</translation>
    </message>
    <message>
        <source>One folder for each class, named like the class, with its pictures inside. Folders named train and val are used as they are; otherwise Graft keeps a share of each class for validation. Pictures with labels of several kinds, such as species and health, come with a labels.csv: a column named file, and one for each kind.</source>
        <translation>每个类别一个文件夹，以类别命名，里面是它的图片。名为 train 和 val 的文件夹按原样使用；否则 Graft 会从每个类别中留出一部分用于验证。有多种标签（例如物种和健康状况）的图片附带一个 labels.csv：一列名为 file，每种标签各一列。</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>flowers</source>
        <translation>花卉</translation>
    </message>
    <message>
        <source>daisy</source>
        <translation>雏菊</translation>
    </message>
    <message>
        <source>rose</source>
        <translation>玫瑰</translation>
    </message>
    <message>
        <source>tulip</source>
        <translation>郁金香</translation>
    </message>
    <message>
        <source>A folder flowers with the folders daisy, rose and tulip, each with pictures</source>
        <translation>文件夹“花卉”里有“雏菊”“玫瑰”“郁金香”三个文件夹，各有图片</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Checking pictures</source>
        <translation>正在检查图片</translation>
    </message>
    <message>
        <source>Checking pictures: %L1 of %L2</source>
        <translation>正在检查图片：%L1 / %L2</translation>
    </message>
    <message>
        <source>Looking for pictures…</source>
        <translation>正在查找图片…</translation>
    </message>
    <message>
        <source>%1: 1 picture</source>
        <translation>%1：1 张图片</translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln pictures</source>
        <translation>
            <numerusform>%1：%Ln 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Other folder…</source>
        <translation>其他文件夹…</translation>
    </message>
    <message>
        <source> %</source>
        <comment>percent, after a number</comment>
        <translation> %</translation>
    </message>
    <message>
        <source>Share for validation</source>
        <translation>验证比例</translation>
    </message>
    <message>
        <source>Share of each class that is kept from training, to measure what was learned on pictures never seen.</source>
        <translation>每个类别中不参与训练的比例，用来在没见过的图片上衡量学习效果。</translation>
    </message>
    <message>
        <source>Split as in the folder</source>
        <translation>按文件夹划分</translation>
    </message>
    <message>
        <source>For validation</source>
        <translation>用于验证</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Pictures of the chosen class</source>
        <translation>所选类别的图片</translation>
    </message>
    <message>
        <source>Files left out and warnings</source>
        <translation>未使用的文件与警告</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>问题所在</translation>
    </message>
    <message numerus="yes">
        <source>%Ln training</source>
        <comment>pictures</comment>
        <translation>
            <numerusform>%Ln 张训练</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln validation</source>
        <comment>pictures</comment>
        <translation>
            <numerusform>%Ln 张验证</numerusform>
        </translation>
    </message>
    <message>
        <source>1 class</source>
        <translation>1 个类别</translation>
    </message>
    <message numerus="yes">
        <source>%Ln classes</source>
        <translation>
            <numerusform>%Ln 个类别</numerusform>
        </translation>
    </message>
    <message>
        <source>1 file left out</source>
        <translation>1 个文件未使用</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files left out</source>
        <translation>
            <numerusform>%Ln 个文件未使用</numerusform>
        </translation>
    </message>
    <message>
        <source>1 warning</source>
        <translation>1 条警告</translation>
    </message>
    <message numerus="yes">
        <source>%Ln warnings</source>
        <translation>
            <numerusform>%Ln 条警告</numerusform>
        </translation>
    </message>
    <message>
        <source>The folder</source>
        <translation>文件夹</translation>
    </message>
    <message numerus="yes">
        <source> in %Ln label sets (%1)</source>
        <translation>
            <numerusform>，分属 %Ln 个标签集（%1）</numerusform>
        </translation>
    </message>
    <message>
        <source>Each is decoded in the background; those that are damaged will be left out. Training need not wait.</source>
        <translation>每张图片都在后台解码；损坏的将被排除。训练无需等待。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop checking pictures</source>
        <translation>停止检查图片</translation>
    </message>
</context>
<context>
    <name>graft::Docks</name>
    <message>
        <source>Outline</source>
        <translation>大纲</translation>
    </message>
    <message>
        <source>Selected layer</source>
        <translation>所选的层</translation>
    </message>
    <message>
        <source>Adapt</source>
        <translation>适配</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Run and curves</source>
        <translation>运行与曲线</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Problems (%1)</source>
        <translation>问题 (%1)</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>层库</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>开销预估</translation>
    </message>
    <message>
        <source>Feature maps</source>
        <translation>特征图</translation>
    </message>
</context>
<context>
    <name>graft::Document</name>
    <message>
        <source>Change the learning rate factor</source>
        <translation>更改学习率倍数</translation>
    </message>
    <message>
        <source>Move the freeze line</source>
        <translation>移动冻结线</translation>
    </message>
    <message>
        <source>Change the preprocessing</source>
        <translation>更改预处理</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>添加 %1</translation>
    </message>
    <message>
        <source>Insert %1 before %2</source>
        <translation>在 %2 之前插入 %1</translation>
    </message>
    <message>
        <source>Insert %1 behind %2</source>
        <translation>在 %2 之后插入 %1</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n layers</source>
        <translation>
            <numerusform>移除 %n 个层</numerusform>
        </translation>
    </message>
    <message>
        <source>Duplicate %1</source>
        <translation>复制一份 %1</translation>
    </message>
    <message numerus="yes">
        <source>Duplicate %n layers</source>
        <translation>
            <numerusform>复制一份 %n 个层</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cut %n layers</source>
        <translation>
            <numerusform>剪切 %n 个层</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Paste %n layers</source>
        <translation>
            <numerusform>粘贴 %n 个层</numerusform>
        </translation>
    </message>
    <message>
        <source>Connect %1 to %2</source>
        <translation>将 %1 连接到 %2</translation>
    </message>
    <message numerus="yes">
        <source>Disconnect %n inputs</source>
        <translation>
            <numerusform>断开 %n 个输入</numerusform>
        </translation>
    </message>
    <message>
        <source>Make %1 the output</source>
        <translation>将 %1 设为输出</translation>
    </message>
    <message>
        <source>Rename %1 to %2</source>
        <translation>将 %1 重命名为 %2</translation>
    </message>
    <message>
        <source>Change %1 of %2</source>
        <translation>更改 %2 的 %1</translation>
    </message>
    <message numerus="yes">
        <source>Change %1 of %n layers</source>
        <translation>
            <numerusform>更改 %n 个层的 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Fit to the inputs</source>
        <translation>与输入相匹配</translation>
    </message>
    <message>
        <source>Make activations %1</source>
        <translation>将激活函数换为 %1</translation>
    </message>
    <message>
        <source>Replace the head</source>
        <translation>更换分类头</translation>
    </message>
    <message>
        <source>Cut behind %1</source>
        <translation>在 %1 之后截断</translation>
    </message>
    <message>
        <source>Add LoRA</source>
        <translation>添加 LoRA</translation>
    </message>
    <message>
        <source>Add adapters</source>
        <translation>添加适配器</translation>
    </message>
    <message>
        <source>Merge LoRA</source>
        <translation>合并 LoRA</translation>
    </message>
    <message>
        <source>Change the input&apos;s size</source>
        <translation>更改输入大小</translation>
    </message>
    <message>
        <source>Change the input&apos;s channels</source>
        <translation>更改输入通道数</translation>
    </message>
    <message>
        <source>Cut 1 layer</source>
        <translation>剪切 1 个层</translation>
    </message>
    <message>
        <source>Paste 1 layer</source>
        <translation>粘贴 1 个层</translation>
    </message>
    <message>
        <source>Disconnect 1 input</source>
        <translation>断开 1 个输入</translation>
    </message>
</context>
<context>
    <name>graft::Engine</name>
    <message>
        <source>px</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>Negative values become 0.</source>
        <translation>负值变为 0。</translation>
    </message>
    <message>
        <source>Values are cut to 0 … 6.</source>
        <translation>值截断到 0 … 6。</translation>
    </message>
    <message>
        <source>x × ReLU6(x + 3) / 6, a cheap SiLU.</source>
        <translation>x × ReLU6(x + 3) / 6，SiLU 的廉价近似。</translation>
    </message>
    <message>
        <source>ReLU6(x + 3) / 6, a cheap Sigmoid.</source>
        <translation>ReLU6(x + 3) / 6，Sigmoid 的廉价近似。</translation>
    </message>
    <message>
        <source>1 / (1 + exp(−x)).</source>
        <translation>1 / (1 + exp(−x))。</translation>
    </message>
    <message>
        <source>x × Sigmoid(x), also known as Swish.</source>
        <translation>x × Sigmoid(x)，也称 Swish。</translation>
    </message>
    <message>
        <source>The hyperbolic tangent: −1 … 1.</source>
        <translation>双曲正切：−1 … 1。</translation>
    </message>
    <message>
        <source>x × tanh(log(1 + exp(x))).</source>
        <translation>x × tanh(log(1 + exp(x)))。</translation>
    </message>
    <message>
        <source>ELU with the factors that keep mean and spread.</source>
        <translation>带有保持均值和方差的系数的 ELU。</translation>
    </message>
    <message>
        <source>x / (1 + |x|).</source>
        <translation>x / (1 + |x|)。</translation>
    </message>
    <message>
        <source>x × the normal distribution&apos;s share below x.</source>
        <translation>x × 正态分布在 x 以下的概率。</translation>
    </message>
    <message>
        <source>tanh: a formula that comes close and costs less.</source>
        <translation>tanh：近似公式，开销更小。</translation>
    </message>
    <message>
        <source>Negative values are made small.</source>
        <translation>负值被缩小。</translation>
    </message>
    <message>
        <source>Factor of negative values.</source>
        <translation>负值的系数。</translation>
    </message>
    <message>
        <source>Negative values become alpha × (exp(x) − 1).</source>
        <translation>负值变为 alpha × (exp(x) − 1)。</translation>
    </message>
    <message>
        <source>Where very negative values end, below 0.</source>
        <translation>极小的负值最终趋于 0 以下的这个数。</translation>
    </message>
    <message>
        <source>Negative values become alpha × (exp(x / alpha) − 1).</source>
        <translation>负值变为 alpha × (exp(x / alpha) − 1)。</translation>
    </message>
    <message>
        <source>log(1 + exp(beta × x)) / beta, a smooth ReLU.</source>
        <translation>log(1 + exp(beta × x)) / beta，平滑的 ReLU。</translation>
    </message>
    <message>
        <source>How sharply it bends at 0.</source>
        <translation>在 0 处弯曲的锐利程度。</translation>
    </message>
    <message>
        <source>Where beta × x is above this, x itself comes out.</source>
        <translation>beta × x 超过此值时直接输出 x。</translation>
    </message>
    <message>
        <source>Values are cut to min_val … max_val.</source>
        <translation>值截断到 min_val … max_val。</translation>
    </message>
    <message>
        <source>The smallest value that comes out.</source>
        <translation>输出的最小值。</translation>
    </message>
    <message>
        <source>The largest value that comes out.</source>
        <translation>输出的最大值。</translation>
    </message>
    <message>
        <source>Means of windows chosen so that the output has the wanted size, whatever the input&apos;s.</source>
        <translation>对窗口取平均，窗口大小使输出达到指定大小，与输入大小无关。</translation>
    </message>
    <message>
        <source>Height and width of the output.</source>
        <translation>输出的高和宽。</translation>
    </message>
    <message>
        <source>Largest values of windows chosen so that the output has the wanted size, whatever the input&apos;s.</source>
        <translation>对窗口取最大值，窗口大小使输出达到指定大小，与输入大小无关。</translation>
    </message>
    <message>
        <source>Scales each channel to a learned mean and spread; keeps running statistics of what it saw in training.</source>
        <translation>将每个通道缩放到学到的均值和方差；并累积训练中所见数据的统计量。</translation>
    </message>
    <message>
        <source>Channels of the input.</source>
        <translation>输入的通道数。</translation>
    </message>
    <message>
        <source>Added to the variance before the division.</source>
        <translation>相除之前加到方差上的数。</translation>
    </message>
    <message>
        <source>Share of a batch&apos;s statistics in the running ones.</source>
        <translation>一个批次的统计量在累积统计量中所占的比例。</translation>
    </message>
    <message>
        <source>Scales each feature to a learned mean and spread; keeps running statistics of what it saw in training.</source>
        <translation>将每个特征缩放到学到的均值和方差；并累积训练中所见数据的统计量。</translation>
    </message>
    <message>
        <source>The channels of all inputs, one after the other.</source>
        <translation>把所有输入的通道依次拼接。</translation>
    </message>
    <message>
        <source>The dimension that grows; 0 is the batch, 1 the channels.</source>
        <translation>拼接的维度；0 为批次，1 为通道。</translation>
    </message>
    <message>
        <source>Slides learned filters over the picture.</source>
        <translation>用学到的滤波器在图片上滑动。</translation>
    </message>
    <message>
        <source>Channels of the output: the number of filters.</source>
        <translation>输出的通道数，即滤波器的个数。</translation>
    </message>
    <message>
        <source>Height and width of the window.</source>
        <translation>窗口的高和宽。</translation>
    </message>
    <message>
        <source>Step of the window, downwards and to the right.</source>
        <translation>窗口向下和向右移动的步长。</translation>
    </message>
    <message>
        <source>Pixels added at each edge.</source>
        <translation>每条边添加的像素数。</translation>
    </message>
    <message>
        <source>Distance between the pixels that a filter looks at.</source>
        <translation>滤波器所看像素之间的距离。</translation>
    </message>
    <message>
        <source>Number of groups that channels are split into; each filter sees one group.</source>
        <translation>通道分成的组数；每个滤波器只看一组。</translation>
    </message>
    <message>
        <source>Whether a learned number is added to each output channel.</source>
        <translation>是否给每个输出通道加上一个学到的数。</translation>
    </message>
    <message>
        <source>Spreads each pixel over a learned pattern: a convolution that makes pictures larger.</source>
        <translation>把每个像素按学到的模式展开：使图片变大的卷积。</translation>
    </message>
    <message>
        <source>Height and width of what a pixel is spread over.</source>
        <translation>一个像素展开到的范围的高和宽。</translation>
    </message>
    <message>
        <source>Distance between the input&apos;s pixels in the output.</source>
        <translation>输入像素在输出中的间距。</translation>
    </message>
    <message>
        <source>Pixels cut off at each edge of the output.</source>
        <translation>输出每条边裁去的像素数。</translation>
    </message>
    <message>
        <source>Pixels added at the bottom and at the right.</source>
        <translation>在下边和右边添加的像素数。</translation>
    </message>
    <message>
        <source>Distance between the pixels that a pixel is spread over.</source>
        <translation>一个像素展开到的各像素之间的距离。</translation>
    </message>
    <message>
        <source>In training, sets some values to 0 by chance and scales up the others; does nothing otherwise.</source>
        <translation>训练时随机将一些值置为 0 并放大其余值；平时不起作用。</translation>
    </message>
    <message>
        <source>Probability that a value is set to 0.</source>
        <translation>一个值被置为 0 的概率。</translation>
    </message>
    <message>
        <source>In training, sets some whole channels to 0 by chance and scales up the others; does nothing otherwise.</source>
        <translation>训练时随机将一些整个通道置为 0 并放大其余通道；平时不起作用。</translation>
    </message>
    <message>
        <source>Probability that a channel is set to 0.</source>
        <translation>一个通道被置为 0 的概率。</translation>
    </message>
    <message>
        <source>In training, leaves out a residual branch by chance and scales it up otherwise; does nothing when not training.</source>
        <translation>训练时随机略去残差支路，未略去时将其放大；不训练时不起作用。</translation>
    </message>
    <message>
        <source>Probability that the branch is left out.</source>
        <translation>支路被略去的概率。</translation>
    </message>
    <message>
        <source>row: for each picture by itself; batch: for all at once.</source>
        <translation>row：每张图片各自决定；batch：整个批次一起决定。</translation>
    </message>
    <message>
        <source>The sum of two inputs.</source>
        <translation>两个输入之和。</translation>
    </message>
    <message>
        <source>The first input less the second.</source>
        <translation>第一个输入减去第二个。</translation>
    </message>
    <message>
        <source>The product of two inputs.</source>
        <translation>两个输入之积。</translation>
    </message>
    <message>
        <source>The first input divided by the second.</source>
        <translation>第一个输入除以第二个。</translation>
    </message>
    <message>
        <source>The larger of two inputs, value by value.</source>
        <translation>逐个值取两个输入中较大的。</translation>
    </message>
    <message>
        <source>The smaller of two inputs, value by value.</source>
        <translation>逐个值取两个输入中较小的。</translation>
    </message>
    <message>
        <source>One row of features for each picture.</source>
        <translation>每张图片展成一行特征。</translation>
    </message>
    <message>
        <source>The first dimension that is taken; 0 is the batch, 1 the channels.</source>
        <translation>展平的第一个维度；0 为批次，1 为通道。</translation>
    </message>
    <message>
        <source>The last dimension that is taken; -1 is the last there is.</source>
        <translation>展平的最后一个维度；-1 为最末维。</translation>
    </message>
    <message>
        <source>Scales each group of channels of each picture to a learned mean and spread.</source>
        <translation>将每张图片的每组通道缩放到学到的均值和方差。</translation>
    </message>
    <message>
        <source>How many groups the channels are split into.</source>
        <translation>通道分成的组数。</translation>
    </message>
    <message>
        <source>Whether a learned factor and offset for each channel follow.</source>
        <translation>之后是否对每个通道乘以学到的系数并加上偏移。</translation>
    </message>
    <message>
        <source>Scales each channel of each picture to mean 0 and spread 1.</source>
        <translation>将每张图片的每个通道缩放到均值 0、方差 1。</translation>
    </message>
    <message>
        <source>Passes its input on as it is.</source>
        <translation>原样传递输入。</translation>
    </message>
    <message>
        <source>Where the pictures come in.</source>
        <translation>图片进入网络的地方。</translation>
    </message>
    <message>
        <source>Shape of one input: channels, height, width.</source>
        <translation>一个输入的形状：通道、高、宽。</translation>
    </message>
    <message>
        <source>Scales the last dimensions of each picture to a learned mean and spread.</source>
        <translation>将每张图片的最后几个维度缩放到学到的均值和方差。</translation>
    </message>
    <message>
        <source>The dimensions that are brought to mean 0 and spread 1 together.</source>
        <translation>一起归一化到均值 0、方差 1 的维度。</translation>
    </message>
    <message>
        <source>Whether a learned factor and offset follow.</source>
        <translation>之后是否乘以学到的系数并加上偏移。</translation>
    </message>
    <message>
        <source>Scales the channels of each pixel to a learned mean and spread.</source>
        <translation>将每个像素的各通道缩放到学到的均值和方差。</translation>
    </message>
    <message>
        <source>Each output is a weighted sum of all input features (the last dimension).</source>
        <translation>每个输出是所有输入特征（最后一维）的加权和。</translation>
    </message>
    <message>
        <source>Features of the input.</source>
        <translation>输入的特征数。</translation>
    </message>
    <message>
        <source>Features of the output; the number of classes in a head.</source>
        <translation>输出的特征数；在分类头中为类别数。</translation>
    </message>
    <message>
        <source>Whether a learned number is added to each output.</source>
        <translation>是否给每个输出加上一个学到的数。</translation>
    </message>
    <message>
        <source>Divides each value by a power of the mean square of its neighbouring channels.</source>
        <translation>将每个值除以相邻通道均方的幂。</translation>
    </message>
    <message>
        <source>How many neighbouring channels count.</source>
        <translation>计入多少个相邻通道。</translation>
    </message>
    <message>
        <source>Factor of the mean square.</source>
        <translation>均方的系数。</translation>
    </message>
    <message>
        <source>The power.</source>
        <translation>幂指数。</translation>
    </message>
    <message>
        <source>Added to the mean square.</source>
        <translation>加到均方上的数。</translation>
    </message>
    <message>
        <source>The matrix product of two inputs, for each picture by itself.</source>
        <translation>两个输入的矩阵乘积，每张图片各自计算。</translation>
    </message>
    <message>
        <source>Self-attention: each token takes in what it finds of use in all others.</source>
        <translation>自注意力：每个词元从所有其他词元中吸收有用的内容。</translation>
    </message>
    <message>
        <source>Width of a token.</source>
        <translation>词元的宽度。</translation>
    </message>
    <message>
        <source>How many parts the width is split into; each looks for something of its own.</source>
        <translation>宽度分成多少份；每份各自寻找不同的内容。</translation>
    </message>
    <message>
        <source>In training, probability that a token is overlooked.</source>
        <translation>训练时一个词元被忽略的概率。</translation>
    </message>
    <message>
        <source>Whether learned numbers are added in the projections.</source>
        <translation>投影中是否加上学到的数。</translation>
    </message>
    <message>
        <source>Divides by the length (the root of the sum of squares) along a dimension.</source>
        <translation>沿某一维除以其长度（平方和的平方根）。</translation>
    </message>
    <message>
        <source>The dimension whose length becomes 1; 0 is the batch, 1 the channels.</source>
        <translation>长度变为 1 的维度；0 为批次，1 为通道。</translation>
    </message>
    <message>
        <source>Lengths below this count as this.</source>
        <translation>小于此值的长度按此值计。</translation>
    </message>
    <message>
        <source>A step of the opened file that Graft has no layer for: it can be looked at, but not run.</source>
        <translation>所打开文件中 Graft 没有对应层的步骤：只能查看，不能运行。</translation>
    </message>
    <message>
        <source>What the file calls the step.</source>
        <translation>文件对此步骤的称呼。</translation>
    </message>
    <message>
        <source>Why Graft has no layer for it.</source>
        <translation>Graft 没有对应层的原因。</translation>
    </message>
    <message>
        <source>Shape of what comes out, without the batch dimension; 0 when the file does not say.</source>
        <translation>输出的形状，不含批次维；文件未说明时为 0。</translation>
    </message>
    <message>
        <source>Adds pixels of one value around the picture; negative numbers cut off.</source>
        <translation>在图片四周添加同一值的像素；负数表示裁去。</translation>
    </message>
    <message>
        <source>Pixels added at the left, the right, the top and the bottom.</source>
        <translation>在左、右、上、下添加的像素数。</translation>
    </message>
    <message>
        <source>The value of the new pixels.</source>
        <translation>新像素的值。</translation>
    </message>
    <message>
        <source>Adds pixels that mirror the picture at its edges.</source>
        <translation>在边缘添加镜像像素。</translation>
    </message>
    <message>
        <source>Adds pixels that repeat those at the edges.</source>
        <translation>添加重复边缘的像素。</translation>
    </message>
    <message>
        <source>A learned tensor (or a constant) that other layers take in, the same for every picture.</source>
        <translation>供其他层使用的学到的张量（或常量），对每张图片都相同。</translation>
    </message>
    <message>
        <source>The tensor&apos;s own shape.</source>
        <translation>张量本身的形状。</translation>
    </message>
    <message>
        <source>Whether the first dimension, of 1, stands for the batch.</source>
        <translation>大小为 1 的第一维是否代表批次。</translation>
    </message>
    <message>
        <source>Off for a constant, which training leaves as it is.</source>
        <translation>常量时关闭，训练不会改变它。</translation>
    </message>
    <message>
        <source>What all its elements start as.</source>
        <translation>所有元素的初始值。</translation>
    </message>
    <message>
        <source>Lays the channels of 2 × 2 neighbouring cells one after the other, as Swin Transformers do.</source>
        <translation>把 2 × 2 相邻单元的通道依次拼接，如 Swin Transformer。</translation>
    </message>
    <message>
        <source>The same values with the dimensions in another order.</source>
        <translation>值不变，维度换一种顺序。</translation>
    </message>
    <message>
        <source>The order of the dimensions; the first is 0, the batch.</source>
        <translation>维度的顺序；第一个是 0，即批次。</translation>
    </message>
    <message>
        <source>e to the power of x.</source>
        <translation>e 的 x 次幂。</translation>
    </message>
    <message>
        <source>The natural logarithm.</source>
        <translation>自然对数。</translation>
    </message>
    <message>
        <source>The square root.</source>
        <translation>平方根。</translation>
    </message>
    <message>
        <source>x without its sign.</source>
        <translation>x 的绝对值。</translation>
    </message>
    <message>
        <source>x with the other sign.</source>
        <translation>x 的相反数。</translation>
    </message>
    <message>
        <source>1 / x.</source>
        <translation>1 / x。</translation>
    </message>
    <message>
        <source>Gauss&apos;s error function.</source>
        <translation>高斯误差函数。</translation>
    </message>
    <message>
        <source>x to a power.</source>
        <translation>x 的幂。</translation>
    </message>
    <message>
        <source>The power: 2 for the square.</source>
        <translation>幂指数：2 为平方。</translation>
    </message>
    <message>
        <source>x × factor + offset, with fixed numbers.</source>
        <translation>x × 系数 + 偏移，均为固定数。</translation>
    </message>
    <message>
        <source>What each value is multiplied by.</source>
        <translation>每个值乘以的数。</translation>
    </message>
    <message>
        <source>What is added then.</source>
        <translation>随后加上的数。</translation>
    </message>
    <message>
        <source>Values are cut to min … max.</source>
        <translation>值截断到 min … max。</translation>
    </message>
    <message>
        <source>The largest value of each window.</source>
        <translation>每个窗口的最大值。</translation>
    </message>
    <message>
        <source>Whether a last window that is only partly filled counts.</source>
        <translation>最后未填满的窗口是否计入。</translation>
    </message>
    <message>
        <source>The mean of each window.</source>
        <translation>每个窗口的平均值。</translation>
    </message>
    <message>
        <source>Whether padding counts as zeros; otherwise it is left out of the mean.</source>
        <translation>填充是否按 0 计入；否则不参与平均。</translation>
    </message>
    <message>
        <source>Negative values are multiplied by a learned factor.</source>
        <translation>负值乘以学到的系数。</translation>
    </message>
    <message>
        <source>1, or the number of channels for a factor each.</source>
        <translation>1，或等于通道数（每个通道一个系数）。</translation>
    </message>
    <message>
        <source>What the factors start as.</source>
        <translation>系数的初始值。</translation>
    </message>
    <message>
        <source>The mean over some dimensions; over a picture&apos;s, it is a global average pooling.</source>
        <translation>对某些维度取平均；对图片的维度即为全局平均池化。</translation>
    </message>
    <message>
        <source>The dimensions taken together; 0 is the batch, 2 and 3 are a picture&apos;s.</source>
        <translation>一起处理的维度；0 为批次，2 和 3 为图片的高和宽。</translation>
    </message>
    <message>
        <source>Whether they stay, with a size of 1.</source>
        <translation>是否保留这些维度（大小为 1）。</translation>
    </message>
    <message>
        <source>The sum over some dimensions.</source>
        <translation>对某些维度求和。</translation>
    </message>
    <message>
        <source>The largest value over some dimensions.</source>
        <translation>对某些维度取最大值。</translation>
    </message>
    <message>
        <source>The smallest value over some dimensions.</source>
        <translation>对某些维度取最小值。</translation>
    </message>
    <message>
        <source>The same values, in the same order, in another shape.</source>
        <translation>值和顺序不变，换一种形状。</translation>
    </message>
    <message>
        <source>The shape of each picture&apos;s output; one -1 stands for what is left.</source>
        <translation>每张图片输出的形状；一个 -1 代表剩余部分。</translation>
    </message>
    <message>
        <source>Leaves out a dimension of size 1.</source>
        <translation>去掉大小为 1 的维度。</translation>
    </message>
    <message>
        <source>The dimension; 0 is the batch.</source>
        <translation>维度；0 为批次。</translation>
    </message>
    <message>
        <source>Puts in a dimension of size 1.</source>
        <translation>插入大小为 1 的维度。</translation>
    </message>
    <message>
        <source>Where it comes to stand; 0 is the batch.</source>
        <translation>插入的位置；0 为批次。</translation>
    </message>
    <message>
        <source>Self-attention within windows of the picture, as Swin Transformers have it.</source>
        <translation>图片窗口内的自注意力，如 Swin Transformer。</translation>
    </message>
    <message>
        <source>Height and width of a window, in cells.</source>
        <translation>窗口的高和宽，以单元计。</translation>
    </message>
    <message>
        <source>How far the windows are shifted, downwards and to the right.</source>
        <translation>窗口向下和向右偏移的距离。</translation>
    </message>
    <message>
        <source>How many parts the channels are split into; each looks for something of its own.</source>
        <translation>通道分成多少份；每份各自寻找不同的内容。</translation>
    </message>
    <message>
        <source>Whether learned numbers are added in the first projection.</source>
        <translation>第一个投影中是否加上学到的数。</translation>
    </message>
    <message>
        <source>Whether learned numbers are added in the last projection.</source>
        <translation>最后一个投影中是否加上学到的数。</translation>
    </message>
    <message>
        <source>In training, probability that a cell is overlooked.</source>
        <translation>训练时一个单元被忽略的概率。</translation>
    </message>
    <message>
        <source>In training, probability that a value of the output is set to 0.</source>
        <translation>训练时输出的一个值被置为 0 的概率。</translation>
    </message>
    <message>
        <source>Self-attention within windows of the picture, as Swin Transformers of the second version have it.</source>
        <translation>图片窗口内的自注意力，如第二版 Swin Transformer。</translation>
    </message>
    <message>
        <source>The shortcut without weights of the CIFAR ResNets: every n-th pixel, with channels of zeros added at both sides.</source>
        <translation>CIFAR ResNet 中没有权重的捷径：每隔 n 个像素取一个，并在两侧补上全零的通道。</translation>
    </message>
    <message>
        <source>Channels of the output.</source>
        <translation>输出的通道数。</translation>
    </message>
    <message>
        <source>Distance between the pixels that are kept.</source>
        <translation>保留的像素之间的距离。</translation>
    </message>
    <message>
        <source>Deals the channels of each group out over all groups.</source>
        <translation>把每组的通道分发到所有组。</translation>
    </message>
    <message>
        <source>How many groups the channels come in.</source>
        <translation>通道的组数。</translation>
    </message>
    <message>
        <source>Lays channels side by side as pixels: fewer channels, a larger picture.</source>
        <translation>把通道并排铺成像素：通道变少，图片变大。</translation>
    </message>
    <message>
        <source>How many times higher and wider.</source>
        <translation>高和宽放大的倍数。</translation>
    </message>
    <message>
        <source>A part of the values along one dimension.</source>
        <translation>沿某一维取一部分值。</translation>
    </message>
    <message>
        <source>The dimension; 0 is the batch, 1 the channels.</source>
        <translation>维度；0 为批次，1 为通道。</translation>
    </message>
    <message>
        <source>The first that is taken; negative ones count from the end.</source>
        <translation>取的第一个；负数从末尾数起。</translation>
    </message>
    <message>
        <source>The first that is not taken; negative ones count from the end.</source>
        <translation>不再取的第一个；负数从末尾数起。</translation>
    </message>
    <message>
        <source>Distance between those that are taken.</source>
        <translation>所取各值之间的距离。</translation>
    </message>
    <message>
        <source>One of the values along a dimension, which goes away.</source>
        <translation>沿某一维取一个值，该维随之消失。</translation>
    </message>
    <message>
        <source>Which; negative ones count from the end.</source>
        <translation>取哪一个；负数从末尾数起。</translation>
    </message>
    <message>
        <source>Turns logits into probabilities over the classes (the channels).</source>
        <translation>把 logits 变为各类别（通道）的概率。</translation>
    </message>
    <message>
        <source>The dimension that sums to 1; 0 is the batch, 1 the channels.</source>
        <translation>和为 1 的维度；0 为批次，1 为通道。</translation>
    </message>
    <message>
        <source>The logarithm of Softmax.</source>
        <translation>Softmax 的对数。</translation>
    </message>
    <message>
        <source>Makes the picture larger (or smaller).</source>
        <translation>放大（或缩小）图片。</translation>
    </message>
    <message>
        <source>Height and width of the output; 0 × 0: the factor decides.</source>
        <translation>输出的高和宽；0 × 0 时由倍数决定。</translation>
    </message>
    <message>
        <source>How new pixels are made up.</source>
        <translation>新像素的生成方式。</translation>
    </message>
    <message>
        <source>Whether the corner pixels stay at the corners.</source>
        <translation>角上的像素是否保持在角上。</translation>
    </message>
</context>
<context>
    <name>graft::Error</name>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>The file was not found</source>
        <translation>找不到文件</translation>
    </message>
    <message>
        <source>The file cannot be read</source>
        <translation>无法读取文件</translation>
    </message>
    <message>
        <source>The file cannot be written</source>
        <translation>无法写入文件</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>The file is damaged</source>
        <translation>文件已损坏</translation>
    </message>
    <message>
        <source>The file is not safe to open</source>
        <translation>打开这个文件不安全</translation>
    </message>
    <message>
        <source>Graft does not know this kind of file</source>
        <translation>Graft 不认识这种文件</translation>
    </message>
    <message>
        <source>Graft does not know this network</source>
        <translation>Graft 不认识这个网络</translation>
    </message>
    <message>
        <source>The weights do not fit the network</source>
        <translation>权重与网络不匹配</translation>
    </message>
    <message>
        <source>The weights hold invalid numbers</source>
        <translation>权重中含有无效数值</translation>
    </message>
    <message>
        <source>The layers do not fit together</source>
        <translation>各层之间不匹配</translation>
    </message>
    <message>
        <source>The network cannot be run</source>
        <translation>网络无法运行</translation>
    </message>
    <message>
        <source>A layer&apos;s setting is not valid</source>
        <translation>层的设置无效</translation>
    </message>
    <message>
        <source>This folder cannot be trained on</source>
        <translation>这个文件夹无法用于训练</translation>
    </message>
    <message>
        <source>The picture cannot be read</source>
        <translation>无法读取图片</translation>
    </message>
    <message>
        <source>A setting is not valid</source>
        <translation>设置无效</translation>
    </message>
    <message>
        <source>The device is not available</source>
        <translation>设备不可用</translation>
    </message>
    <message>
        <source>There is not enough memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>Training went astray</source>
        <translation>训练失控</translation>
    </message>
    <message>
        <source>The server cannot be reached</source>
        <translation>无法连接服务器</translation>
    </message>
    <message>
        <source>Another Graft is at work here</source>
        <translation>另一个 Graft 正在使用这里</translation>
    </message>
    <message>
        <source>Something went wrong in Graft</source>
        <translation>Graft 出了问题</translation>
    </message>
</context>
<context>
    <name>graft::EvaluationView</name>
    <message>
        <source>Point at a cell to see what it counts.</source>
        <translation>指向格子可查看其含义。</translation>
    </message>
    <message>
        <source>Measuring: %L1 of %L2 pictures</source>
        <translation>正在测量：%L1 / %L2 张图片</translation>
    </message>
    <message>
        <source>How good is it?</source>
        <translation>效果如何？</translation>
    </message>
    <message>
        <source>Measures the model on the validation pictures, which it has never been trained on: accuracy, figures for each class, and what is taken for what.</source>
        <translation>在从未用于训练的验证图片上测量模型：准确率、各类别的指标，以及什么被认作什么。</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Evaluate again</source>
        <translation>重新评估</translation>
    </message>
    <message>
        <source>Accuracy %1</source>
        <translation>准确率 %1</translation>
    </message>
    <message>
        <source>top-5 %1</source>
        <translation>前 5 命中 %1</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>损失 %1</translation>
    </message>
    <message>
        <source>1 picture</source>
        <translation>1 张图片</translation>
    </message>
    <message numerus="yes">
        <source>%Ln pictures</source>
        <translation>
            <numerusform>%Ln 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>Figures for each class</source>
        <translation>各类别的指标</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Validation pictures of this class</source>
        <translation>这个类别的验证图片</translation>
    </message>
    <message>
        <source>Of the pictures taken for this class, how many are of it</source>
        <translation>被认作这个类别的图片中，确实属于它的比例</translation>
    </message>
    <message>
        <source>Of the pictures of this class, how many are recognised</source>
        <translation>这个类别的图片中，被识别出来的比例</translation>
    </message>
    <message>
        <source>Precision and recall in one figure (their harmonic mean)</source>
        <translation>精确率与召回率合成的一个数值（调和平均）</translation>
    </message>
    <message>
        <source>Label set</source>
        <translation>标签集</translation>
    </message>
    <message>
        <source>mean of all label sets %1</source>
        <translation>所有标签集平均 %1</translation>
    </message>
</context>
<context>
    <name>graft::ExportOptions</name>
    <message>
        <source>ONNX version (opset)</source>
        <translation>ONNX 版本（opset）</translation>
    </message>
    <message>
        <source>The file prepares pictures itself</source>
        <translation>由文件自身完成图片预处理</translation>
    </message>
    <message>
        <source>A higher one is for newer programs, a lower one for older ones. The proposal suits most.</source>
        <translation>较高的版本适合较新的程序，较低的版本适合较旧的程序。默认值适合大多数情况。</translation>
    </message>
    <message>
        <source>Scaling and colour normalisation become part of the network: it takes pictures as they are, cut to its size. Otherwise the file only says how to prepare them.</source>
        <translation>数值缩放和颜色归一化成为网络的一部分：它直接接受裁剪到合适尺寸的图片。否则文件只说明应如何预处理图片。</translation>
    </message>
</context>
<context>
    <name>graft::ExportPage</name>
    <message>
        <source>Safe and fast to load; Graft opens it again with all that belongs to it, and HuggingFace&apos;s tools read it.</source>
        <translation>加载安全又快速；Graft 可以连同全部相关信息再次打开，HuggingFace 的工具也能读取。</translation>
    </message>
    <message>
        <source>Weights by name, for Python: torch.load(file, weights_only=True).</source>
        <translation>按名称保存的权重，供 Python 使用：torch.load(file, weights_only=True)。</translation>
    </message>
    <message>
        <source>Runs by itself in PyTorch, in Python, C++ and on phones: torch.jit.load(file).</source>
        <translation>可在 PyTorch 中独立运行，支持 Python、C++ 和手机：torch.jit.load(file)。</translation>
    </message>
    <message>
        <source>Runs by itself in OpenCV, ONNX Runtime, TensorRT, browsers and most other programs.</source>
        <translation>可在 OpenCV、ONNX Runtime、TensorRT、浏览器以及大多数其他程序中独立运行。</translation>
    </message>
    <message>
        <source>A program to read and to change: it rebuilds the network with torch and torchvision, predicts and trains on.</source>
        <translation>可以阅读和修改的程序：用 torch 和 torchvision 重建网络，进行预测并继续训练。</translation>
    </message>
    <message>
        <source>Export the model</source>
        <translation>导出模型</translation>
    </message>
    <message>
        <source>There is a %1 already. Is it to be replaced?</source>
        <translation>%1 已经存在。要替换它吗？</translation>
    </message>
    <message>
        <source>Keep it, write %1</source>
        <translation>保留它，另写为 %1</translation>
    </message>
    <message>
        <source>There is no model to export yet. Open one and train it; then come back.</source>
        <translation>还没有可以导出的模型。请先打开一个模型并训练，然后再回到这里。</translation>
    </message>
    <message>
        <source>Writing and checking…</source>
        <translation>正在写入并检查…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Take the model away</source>
        <translation>带走模型</translation>
    </message>
    <message>
        <source>As</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>To the &amp;file</source>
        <translation>保存到文件(&amp;F)</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Class names and the preparation of pictures go along. What is written is loaded again by something else than what wrote it, and must give the same answers on your pictures before it gets its name.</source>
        <translation>类别名称和图片预处理方式会一并写入。写好的文件会由另一个程序重新加载，在您的图片上给出相同的结果之后才会得到它的名称。</translation>
    </message>
    <message>
        <source>Merge LoRA into the layers beside it</source>
        <translation>将 LoRA 合并到旁边的层中</translation>
    </message>
    <message>
        <source>The file gives the same answers with fewer layers; training cannot go on with the branches from it.</source>
        <translation>文件的结果相同而层更少；但不能再用它继续训练这些支路。</translation>
    </message>
</context>
<context>
    <name>graft::ExportReport</name>
    <message>
        <source>no numbers</source>
        <translation>没有有效数值</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1 % of the largest output</source>
        <translation>最大输出的 %1 %</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 (in Graft: %2; %3 × as fast)</source>
        <translation>%1（在 Graft 中：%2；速度为其 %3 倍）</translation>
    </message>
    <message>
        <source>a network built anew from the file</source>
        <translation>由文件重新建立的网络</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of your pictures</source>
        <translation>
            <numerusform>您的 %Ln 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pictures that Graft drew</source>
        <translation>
            <numerusform>Graft 绘制的 %Ln 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is written and gives the same answers (%2).</source>
        <translation>%1 已写入，结果一致（%2）。</translation>
    </message>
    <message>
        <source>The file gives other answers than the model: it was not written as %1.</source>
        <translation>文件给出的结果与模型不同：没有写成 %1。</translation>
    </message>
    <message>
        <source>The older %1 is still there.</source>
        <translation>原来的 %1 仍然保留。</translation>
    </message>
    <message>
        <source>It is kept as %1 for a look.</source>
        <translation>它保存为 %1，供您查看。</translation>
    </message>
    <message>
        <source>Run by</source>
        <translation>运行环境</translation>
    </message>
    <message>
        <source>Tried on</source>
        <translation>检查所用</translation>
    </message>
    <message>
        <source>Largest difference</source>
        <translation>最大差异</translation>
    </message>
    <message>
        <source>Same best class</source>
        <translation>最佳类别相同</translation>
    </message>
    <message>
        <source>on %1 of the pictures</source>
        <translation>%1 的图片</translation>
    </message>
    <message>
        <source>Time for a picture</source>
        <translation>每张图片用时</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开所在文件夹</translation>
    </message>
</context>
<context>
    <name>graft::FeatureGrid</name>
    <message>
        <source>Channel %1: %2 … %3, mean strength %4</source>
        <translation>通道 %1：%2 … %3，平均强度 %4</translation>
    </message>
    <message>
        <source>Number %1: %2</source>
        <translation>第 %1 个数：%2</translation>
    </message>
</context>
<context>
    <name>graft::FeatureMapsPanel</name>
    <message>
        <source>Choose a picture…</source>
        <translation>选择图片…</translation>
    </message>
    <message>
        <source>By number</source>
        <translation>按编号</translation>
    </message>
    <message>
        <source>Strongest first</source>
        <translation>最强的在前</translation>
    </message>
    <message>
        <source>Order of the channels</source>
        <translation>通道的顺序</translation>
    </message>
    <message>
        <source>The strength of a channel is the mean of its values without their signs.</source>
        <translation>通道的强度是其各值绝对值的平均值。</translation>
    </message>
    <message>
        <source>Each channel by itself</source>
        <translation>各通道分别着色</translation>
    </message>
    <message>
        <source>All channels alike</source>
        <translation>所有通道统一着色</translation>
    </message>
    <message>
        <source>What the colours go by</source>
        <translation>颜色的依据</translation>
    </message>
    <message>
        <source>Dark is the smallest value, bright the largest: of the channel, or of all channels.</source>
        <translation>暗色为最小值，亮色为最大值：按单个通道，或按所有通道。</translation>
    </message>
    <message>
        <source>%L1 numbers</source>
        <translation>%L1 个数</translation>
    </message>
    <message>
        <source>%L1 tokens of %L2 numbers, a line for each token</source>
        <translation>%L1 个词元，每个 %L2 个数，每个词元一行</translation>
    </message>
    <message>
        <source>%L1 numbers of each token, laid on the grid of %2 tokens</source>
        <translation>每个词元 %L1 个数，按 %2 的词元网格排列</translation>
    </message>
    <message>
        <source>%L1 channels of %2</source>
        <translation>%L1 个通道，每个 %2</translation>
    </message>
    <message>
        <source>Drop a picture here</source>
        <translation>把图片拖放到这里</translation>
    </message>
    <message>
        <source>%1; values from %2 to %3</source>
        <translation>%1；取值从 %2 到 %3</translation>
    </message>
    <message>
        <source>, %1 of them 0</source>
        <translation>，其中 %1 为 0</translation>
    </message>
    <message>
        <source>, %L1 not finite (grey)</source>
        <translation>，%L1 个不是有限数（灰色）</translation>
    </message>
    <message>
        <source>Choose a layer in the graph and a picture; what the layer makes of it is shown here.</source>
        <translation>请在图中选择一个层，并选择一张图片；该层从中得到的内容会显示在这里。</translation>
    </message>
</context>
<context>
    <name>graft::FindBar</name>
    <message>
        <source>Previous (Shift+Enter, Shift+F3)</source>
        <translation>上一个（Shift+Enter、Shift+F3）</translation>
    </message>
    <message>
        <source>Next (Enter, F3)</source>
        <translation>下一个（Enter、F3）</translation>
    </message>
    <message>
        <source>Previous layer found</source>
        <translation>上一个找到的层</translation>
    </message>
    <message>
        <source>Next layer found</source>
        <translation>下一个找到的层</translation>
    </message>
    <message>
        <source>conv, 512×7×7, &gt;1M, frozen</source>
        <translation>查找层：conv, 512×7×7, &gt;1M, frozen</translation>
    </message>
    <message>
        <source>Search layers</source>
        <translation>搜索层</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>找到 %1 个</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>graft::ForecastPanel</name>
    <message>
        <source>%1×</source>
        <comment>a factor</comment>
        <translation>%1 倍</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>What a run takes at its peak, beside what Graft has already.</source>
        <translation>训练峰值所需的内存，不含 Graft 已占用的部分。</translation>
    </message>
    <message>
        <source>An epoch</source>
        <translation>每轮</translation>
    </message>
    <message>
        <source>Training on all pictures once, and validation, on this device as it was measured.</source>
        <translation>在此设备上（按实测速度）把所有图片训练一遍并验证所需的时间。</translation>
    </message>
    <message>
        <source>A step</source>
        <translation>每步</translation>
    </message>
    <message>
        <source>One batch, forward and backward.</source>
        <translation>一个批次的前向和反向。</translation>
    </message>
    <message>
        <source>Largest batch</source>
        <translation>最大批次</translation>
    </message>
    <message>
        <source>Pictures at a time that the free memory has room for, as the network is frozen now.</source>
        <translation>按网络目前的冻结情况，空闲内存一次能容纳的图片数。</translation>
    </message>
    <message>
        <source>Open a model; what training it takes is then told here, and follows each click.</source>
        <translation>请打开模型；训练它的开销会显示在这里，并随每次点击更新。</translation>
    </message>
    <message>
        <source>%1, more than the %2 that are free</source>
        <translation>%1，超过空闲的 %2</translation>
    </message>
    <message>
        <source>%1 of %2 free</source>
        <translation>%1，空闲 %2</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>activations</source>
        <translation>激活值</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Memory: %1</source>
        <translation>内存：%1</translation>
    </message>
    <message>
        <source>How fast this machine is has not been measured yet.</source>
        <translation>尚未测量本机的速度。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>重新测量</translation>
    </message>
    <message>
        <source>Measure this machine (5 s)</source>
        <translation>测量本机（5 秒）</translation>
    </message>
    <message>
        <source>Not measured yet</source>
        <translation>尚未测量</translation>
    </message>
    <message>
        <source>%1 for %2 pictures</source>
        <translation>%2 张图片 %1</translation>
    </message>
    <message>
        <source>%1 for each 1000 pictures</source>
        <translation>每 1000 张图片 %1</translation>
    </message>
    <message>
        <source>, %1 of it in the frozen part</source>
        <translation>，其中 %1 用于冻结的部分</translation>
    </message>
    <message>
        <source>Unknown: the device does not say what is free</source>
        <translation>未知：设备未报告空闲内存</translation>
    </message>
    <message>
        <source>Not even one picture fits; freeze more layers</source>
        <translation>连一张图片也放不下；请冻结更多的层</translation>
    </message>
    <message>
        <source>%L1 or more</source>
        <translation>%L1 或更多</translation>
    </message>
    <message>
        <source>%L1 pictures</source>
        <translation>%L1 张图片</translation>
    </message>
    <message>
        <source>use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>%1 faster</source>
        <translation>快 %1</translation>
    </message>
    <message>
        <source>%1 less memory</source>
        <translation>少用 %1 内存</translation>
    </message>
    <message>
        <source>Frozen layers: %1 than training everything.</source>
        <translation>冻结的层：与训练全部相比，%1。</translation>
    </message>
    <message>
        <source> and </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Trained are those of layers that are not frozen.</source>
        <translation>未冻结的层的参数会参与训练。</translation>
    </message>
    <message>
        <source>%1 of %2 trained (%3)</source>
        <translation>%2 中训练 %1（%3）</translation>
    </message>
    <message>
        <source>None is trained: every layer is frozen</source>
        <translation>没有可训练的：所有层都已冻结</translation>
    </message>
    <message>
        <source>; %1 once what the frozen part makes of them is kept (%2 on disk)</source>
        <translation>；冻结部分的计算结果保留之后为 %1（占用磁盘 %2）</translation>
    </message>
    <message>
        <source>Most activations are computed a second time, to save memory.</source>
        <translation>大部分激活值会再计算一次，以节省内存。</translation>
    </message>
</context>
<context>
    <name>graft::FreezeFinder</name>
    <message>
        <source>BatchNorm*, layer1, &gt;1M</source>
        <translation>BatchNorm*, layer1, &gt;1M</translation>
    </message>
    <message>
        <source>Layers to freeze or train</source>
        <translation>要冻结或训练的层</translation>
    </message>
    <message>
        <source>Freeze these</source>
        <translation>冻结这些</translation>
    </message>
    <message>
        <source>Train these</source>
        <translation>训练这些</translation>
    </message>
    <message>
        <source>Or by name, type or size: what is found is frozen or trained.</source>
        <translation>或按名称、类型或大小：对找到的层冻结或训练。</translation>
    </message>
    <message>
        <source>No layer is found.</source>
        <translation>没有找到层。</translation>
    </message>
    <message>
        <source>%1 found.</source>
        <comment>%1 is &apos;3 layers&apos;</comment>
        <translation>找到 %1。</translation>
    </message>
</context>
<context>
    <name>graft::FreezeLine</name>
    <message>
        <source>freezes %1 of %2 layers</source>
        <translation>冻结 %2 个层中的 %1 个</translation>
    </message>
    <message>
        <source>mixed: %1 of %2</source>
        <translation>混合：%2 个中的 %1 个</translation>
    </message>
    <message>
        <source>Freeze line: drag it; all above is frozen (Ctrl+Shift+Up, Ctrl+Shift+Down)</source>
        <translation>冻结线：可拖动；线以上全部冻结（Ctrl+Shift+Up、Ctrl+Shift+Down）</translation>
    </message>
    <message>
        <source>Freeze line: layers below it are frozen as well. Drag it, and exactly what lies above is frozen (Ctrl+Shift+Up, Ctrl+Shift+Down)</source>
        <translation>冻结线：线以下也有已冻结的层。拖动后，恰好冻结线以上的层（Ctrl+Shift+Up、Ctrl+Shift+Down）</translation>
    </message>
</context>
<context>
    <name>graft::FreezeSection</name>
    <message>
        <source>Learning rate factor</source>
        <translation>学习率倍数</translation>
    </message>
    <message>
        <source>How much faster or slower than the rest this part learns: its learning rate is the run&apos;s times this number.</source>
        <translation>这一部分比其余部分学得快多少或慢多少：它的学习率等于本次训练的学习率乘以这个数。</translation>
    </message>
    <message>
        <source>Adapt</source>
        <translation>适配</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>已冻结</translation>
    </message>
    <message>
        <source>A frozen layer keeps what it has learned: training does not change it.</source>
        <translation>冻结的层保留已学到的内容：训练不会改变它。</translation>
    </message>
    <message>
        <source>Freeze everything before it</source>
        <translation>冻结它之前的所有层</translation>
    </message>
    <message>
        <source>Freezes all layers whose output reaches this one, and leaves the others as they are.</source>
        <translation>冻结输出能到达这一层的所有层，其他层保持不变。</translation>
    </message>
    <message>
        <source>several values</source>
        <translation>多个值</translation>
    </message>
    <message>
        <source>Training changes it.</source>
        <translation>训练会改变它。</translation>
    </message>
    <message>
        <source>%1 of %2 layers are frozen.</source>
        <translation>%2 个层中有 %1 个已冻结。</translation>
    </message>
    <message>
        <source>Training leaves it as it is.</source>
        <translation>训练不会改变它。</translation>
    </message>
    <message>
        <source>BatchNorm keeps its statistics.</source>
        <translation>BatchNorm 保持其统计量。</translation>
    </message>
    <message>
        <source>Dropout is off.</source>
        <translation>Dropout 关闭。</translation>
    </message>
    <message>
        <source>It has nothing to learn.</source>
        <translation>它没有可学习的内容。</translation>
    </message>
</context>
<context>
    <name>graft::GalleryChart</name>
    <message>
        <source>%1 % top-1 · %2 · %3 parameters</source>
        <translation>top-1 %1 % · %2 · %3 个参数</translation>
    </message>
    <message>
        <source>%1 pictures per second here</source>
        <translation>本机每秒 %1 张图片</translation>
    </message>
    <message>
        <source>Pictures per second on this machine</source>
        <translation>本机每秒处理的图片数</translation>
    </message>
    <message>
        <source>Pictures per second on this machine: press «Measure all shown»</source>
        <translation>本机每秒处理的图片数：请按“测量所有显示的网络”</translation>
    </message>
    <message>
        <source>Multiply-adds for one picture, in billions (GMACs)</source>
        <translation>每张图片的乘加次数，单位十亿（GMACs）</translation>
    </message>
    <message>
        <source>Published top-1 accuracy, %</source>
        <translation>公布的 top-1 准确率，%</translation>
    </message>
    <message>
        <source>Published accuracy against the work for one picture</source>
        <translation>公布的准确率与每张图片的计算量</translation>
    </message>
    <message>
        <source>The table beside it holds the same figures.</source>
        <translation>旁边的表格包含相同的数据。</translation>
    </message>
    <message>
        <source>A bubble&apos;s area is the number of parameters, its colour the family; a click on a name shows that family only.</source>
        <translation>气泡面积表示参数数量，颜色表示网络家族；点击名称只显示该家族。</translation>
    </message>
</context>
<context>
    <name>graft::GalleryController</name>
    <message>
        <source>Looking through the gallery</source>
        <translation>正在浏览网络库</translation>
    </message>
    <message>
        <source>Downloading %1</source>
        <translation>正在下载 %1</translation>
    </message>
    <message>
        <source>%1 is on this computer now.</source>
        <translation>%1 现已在本机上。</translation>
    </message>
    <message>
        <source>Checking %1</source>
        <translation>正在检查 %1</translation>
    </message>
    <message>
        <source>The file is the published one; %1 is on this computer now.</source>
        <translation>文件与发布的一致；%1 现已在本机上。</translation>
    </message>
    <message>
        <source>The file fits %1 and was taken, but it is not the published one: its checksum differs.</source>
        <translation>文件适合 %1，已收下，但它不是发布的文件：校验和不同。</translation>
    </message>
</context>
<context>
    <name>graft::GalleryModel</name>
    <message>
        <source>here</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>%1: the file is on this computer</source>
        <translation>%1：文件在本机上</translation>
    </message>
    <message>
        <source>%1, on this computer</source>
        <translation>%1，在本机上</translation>
    </message>
    <message>
        <source>A tick marks files that are on this computer</source>
        <translation>打勾表示文件在本机上</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>What the weights are called by those who published them</source>
        <translation>发布者给权重起的名字</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Published accuracy on ImageNet, in percent: the first guess is right</source>
        <translation>在 ImageNet 上公布的准确率（百分比）：第一个猜测正确</translation>
    </message>
    <message>
        <source>Top-1, %</source>
        <translation>Top-1，%</translation>
    </message>
    <message>
        <source>Numbers that were trained</source>
        <translation>训练得到的数值个数</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Work for one picture, at the size that the weights were published for</source>
        <translation>每张图片的计算量，按权重发布时的图片尺寸</translation>
    </message>
    <message>
        <source>Multiply-adds</source>
        <translation>乘加次数</translation>
    </message>
    <message>
        <source>Size of the file, about</source>
        <translation>文件大小（约）</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Pictures per second through the network on this machine</source>
        <translation>本机上网络每秒处理的图片数</translation>
    </message>
    <message>
        <source>Pictures/s here</source>
        <translation>本机张/秒</translation>
    </message>
    <message>
        <source>Licence of the weights</source>
        <translation>权重的许可证</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
</context>
<context>
    <name>graft::GalleryView</name>
    <message>
        <source>I already have the file…</source>
        <translation>我已有该文件…</translation>
    </message>
    <message>
        <source>Take a weights file that is on this computer or on a stick instead of downloading it</source>
        <translation>使用本机或 U 盘上的权重文件，而不下载</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Progress of the download</source>
        <translation>下载进度</translation>
    </message>
    <message>
        <source>1 picture at a time</source>
        <translation>每次 1 张图片</translation>
    </message>
    <message>
        <source>%1 pictures at a time</source>
        <translation>每次 %1 张图片</translation>
    </message>
    <message>
        <source>Pictures at a time when speed is measured</source>
        <translation>测量速度时每次的图片数</translation>
    </message>
    <message>
        <source>Measure speed</source>
        <translation>测量速度</translation>
    </message>
    <message>
        <source>Run the chosen network on this machine; no download is needed for that</source>
        <translation>在本机上运行所选网络；无需下载</translation>
    </message>
    <message>
        <source>Measure all shown</source>
        <translation>测量所有显示的网络</translation>
    </message>
    <message>
        <source>Run every network in the table on this machine, the light ones first; takes some minutes</source>
        <translation>在本机上逐个运行表中的网络，从轻的开始；需要几分钟</translation>
    </message>
    <message>
        <source>Progress of the measurement</source>
        <translation>测量进度</translation>
    </message>
    <message>
        <source>Stop measuring</source>
        <translation>停止测量</translation>
    </message>
    <message>
        <source>Close the gallery</source>
        <translation>关闭网络库</translation>
    </message>
    <message>
        <source>Pretrained networks</source>
        <translation>预训练网络</translation>
    </message>
    <message>
        <source>Filter: name, family, licence</source>
        <translation>筛选：名称、家族、许可证</translation>
    </message>
    <message>
        <source>Filter the networks</source>
        <translation>筛选网络</translation>
    </message>
    <message>
        <source>Accuracy against</source>
        <translation>准确率对比</translation>
    </message>
    <message>
        <source>multiply-adds</source>
        <translation>乘加次数</translation>
    </message>
    <message>
        <source>speed on this machine</source>
        <translation>本机速度</translation>
    </message>
    <message>
        <source>What accuracy is shown against</source>
        <translation>准确率与什么对比</translation>
    </message>
    <message>
        <source>Copy row</source>
        <translation>复制此行</translation>
    </message>
    <message>
        <source>Copy the file&apos;s address</source>
        <translation>复制文件地址</translation>
    </message>
    <message>
        <source>Remove the file from this computer</source>
        <translation>从本机删除该文件</translation>
    </message>
    <message>
        <source>%1 (not for commercial use)</source>
        <translation>%1（不可商用）</translation>
    </message>
    <message>
        <source>%1 % top-1 and %2 % top-5</source>
        <translation>top-1 %1 %，top-5 %2 %</translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>%1 个参数</translation>
    </message>
    <message>
        <source>pictures of %1 × %1</source>
        <translation>图片 %1 × %1</translation>
    </message>
    <message>
        <source>%1 pictures per second here</source>
        <translation>本机每秒 %1 张图片</translation>
    </message>
    <message>
        <source>Choose a network in the chart or in the table.</source>
        <translation>请在图表或表格中选择一个网络。</translation>
    </message>
    <message>
        <source>%1 of %2 shown.</source>
        <translation>显示 %1 / %2。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Download and open</source>
        <translation>下载并打开</translation>
    </message>
    <message>
        <source>Go on with the download (%1 of %2)</source>
        <translation>继续下载（%1 / %2）</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Downloading %1: %2 of %3</source>
        <translation>正在下载 %1：%2 / %3</translation>
    </message>
    <message>
        <source>Measuring %1 (%2 of %3)</source>
        <translation>正在测量 %1（%2 / %3）</translation>
    </message>
</context>
<context>
    <name>graft::GraphCanvas</name>
    <message>
        <source>%1, frozen</source>
        <translation>%1，已冻结</translation>
    </message>
    <message>
        <source>Unfold all</source>
        <translation>全部展开</translation>
    </message>
    <message>
        <source>Fold all</source>
        <translation>全部折叠</translation>
    </message>
    <message>
        <source>Fit in the window</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Unfreeze</source>
        <translation>解冻</translation>
    </message>
    <message>
        <source>Freeze everything before here</source>
        <translation>冻结此处之前的所有层</translation>
    </message>
    <message>
        <source>Replace head…</source>
        <translation>更换分类头…</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>折叠</translation>
    </message>
    <message>
        <source>Unfold</source>
        <translation>展开</translation>
    </message>
    <message>
        <source>Fold %1 equal blocks together</source>
        <translation>一起折叠 %1 个相同的模块</translation>
    </message>
    <message>
        <source>Fit the selection</source>
        <translation>缩放到所选</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>实际大小</translation>
    </message>
</context>
<context>
    <name>graft::GraphEditing</name>
    <message>
        <source>Insert layer here</source>
        <translation>在此插入层</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开连接</translation>
    </message>
    <message>
        <source>Insert layer behind</source>
        <translation>在后面插入层</translation>
    </message>
    <message>
        <source>Add layer</source>
        <translation>添加层</translation>
    </message>
    <message>
        <source>Connect output to…</source>
        <translation>将输出连接到…</translation>
    </message>
</context>
<context>
    <name>graft::GraphScene</name>
    <message>
        <source>%1 param.</source>
        <translation>%1 参数</translation>
    </message>
    <message>
        <source>Output: %1</source>
        <translation>输出：%1</translation>
    </message>
    <message>
        <source>%1 parameters, %2 frozen</source>
        <translation>%1 个参数，%2 已冻结</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>graft::GraphView</name>
    <message>
        <source>Zoom out (-)</source>
        <translation>缩小 (-)</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>放大 (+)</translation>
    </message>
    <message>
        <source>Fit in the window (F)</source>
        <translation>适合窗口 (F)</translation>
    </message>
    <message>
        <source>Fold all</source>
        <translation>全部折叠</translation>
    </message>
    <message>
        <source>Unfold all</source>
        <translation>全部展开</translation>
    </message>
    <message>
        <source>Layer graph</source>
        <translation>层图</translation>
    </message>
    <message>
        <source>Overview of the graph</source>
        <translation>图的概览</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制一份</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Freeze layers by pattern</source>
        <translation>按名称模式冻结层</translation>
    </message>
    <message>
        <source>layer1, *.bn?</source>
        <translation>layer1, *.bn?</translation>
    </message>
    <message>
        <source>A number from 0 to %1.</source>
        <translation>0 到 %1 之间的数。</translation>
    </message>
    <message>
        <source>Learning rate × %1</source>
        <translation>学习率 × %1</translation>
    </message>
    <message>
        <source>Learning-rate factor</source>
        <translation>学习率倍数</translation>
    </message>
    <message>
        <source>Freeze more</source>
        <translation>更多冻结方式</translation>
    </message>
    <message>
        <source>All %1 (%2)</source>
        <translation>所有 %1（%2）</translation>
    </message>
    <message>
        <source>By pattern…</source>
        <translation>按名称模式…</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Other…</source>
        <translation>其他…</translation>
    </message>
    <message>
        <source>No layer of this name can take it.</source>
        <translation>没有可接收它的同名层。</translation>
    </message>
    <message>
        <source>Input %1</source>
        <translation>输入 %1</translation>
    </message>
    <message>
        <source>%1; the shapes do not fit</source>
        <translation>%1；形状不匹配</translation>
    </message>
    <message>
        <source>Connect %1 to</source>
        <translation>将 %1 连接到</translation>
    </message>
    <message>
        <source>Fit the selection (Shift+F)</source>
        <translation>缩放到所选（Shift+F）</translation>
    </message>
    <message>
        <source>Actual size (1)</source>
        <translation>实际大小（1）</translation>
    </message>
    <message>
        <source>Fit to its inputs</source>
        <translation>与其输入相匹配</translation>
    </message>
    <message>
        <source>Gives channels and features the numbers that come in.</source>
        <translation>使通道数和特征数与输入一致。</translation>
    </message>
    <message>
        <source>Make it the output</source>
        <translation>设为输出</translation>
    </message>
</context>
<context>
    <name>graft::HeadForm</name>
    <message>
        <source>As it is, in a new size</source>
        <translation>保持原样，只改大小</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性层</translation>
    </message>
    <message>
        <source>Dropout + linear</source>
        <translation>Dropout + 线性层</translation>
    </message>
    <message>
        <source>Convolutional</source>
        <translation>卷积</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>How many outputs it has: one for each class that was found in the pictures.</source>
        <translation>输出的个数：图片中找到的每个类别一个。</translation>
    </message>
    <message>
        <source>Hidden layers</source>
        <translation>隐藏层</translation>
    </message>
    <message>
        <source>Linear layers before the last one, 1 to 16.</source>
        <translation>最后一层之前的线性层数，1 到 16。</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>What follows each hidden layer.</source>
        <translation>每个隐藏层之后的激活函数。</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Probability that a value is set to 0 in training, 0 to 1; guards against learning pictures by heart.</source>
        <translation>训练时把一个值置为 0 的概率，0 到 1；防止死记图片。</translation>
    </message>
    <message>
        <source>Dense layer + ReLU + linear</source>
        <translation>全连接层 + ReLU + 线性层</translation>
    </message>
    <message>
        <source>MLP: several dense layers</source>
        <translation>MLP：多个全连接层</translation>
    </message>
    <message>
        <source>What the new head is made of; dense layers are Linear layers with an activation. MLP has as many as you like.</source>
        <translation>新分类头的组成；全连接层是带激活函数的线性层，MLP 可有任意多个。</translation>
    </message>
    <message>
        <source>Width (dense)</source>
        <translation>宽度（全连接）</translation>
    </message>
    <message>
        <source>Features of each dense layer before the last one, 1024 for example.</source>
        <translation>最后一层之前每个全连接层的特征数，例如 1024。</translation>
    </message>
    <message>
        <source>%1 %L2</source>
        <comment>a label set and its number of classes</comment>
        <translation>%1 %L2</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between label sets</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Label sets</source>
        <translation>标签集</translation>
    </message>
    <message>
        <source>The pictures have labels of several kinds: each gets a head of its own, with an output for each of its classes.</source>
        <translation>图片有几种标签：每种标签有自己的分类头，每个类别一个输出。</translation>
    </message>
</context>
<context>
    <name>graft::HeadPanel</name>
    <message>
        <source>Head</source>
        <translation>分类头</translation>
    </message>
    <message>
        <source>The last layers, which turn what the network sees into answers: one output for each class.</source>
        <translation>最后的几层，把网络看到的内容变成答案：每个类别一个输出。</translation>
    </message>
    <message>
        <source>What is trained</source>
        <translation>训练哪些部分</translation>
    </message>
    <message>
        <source>Freeze all but the head</source>
        <translation>只留分类头，其余冻结</translation>
    </message>
    <message>
        <source>Only the head learns. Fast, and the best choice for few pictures.</source>
        <translation>只有分类头学习。速度快，图片少时的最佳选择。</translation>
    </message>
    <message>
        <source>Freeze nothing</source>
        <translation>全部不冻结</translation>
    </message>
    <message>
        <source>Every layer learns. Slow; pays off with many pictures and a low learning rate.</source>
        <translation>每一层都学习。较慢；图片多、学习率低时才值得。</translation>
    </message>
    <message>
        <source>%1 has 1 output</source>
        <translation>%1 有 1 个输出</translation>
    </message>
    <message numerus="yes">
        <source>%1 has %n outputs</source>
        <translation>
            <numerusform>%1 有 %n 个输出</numerusform>
        </translation>
    </message>
    <message>
        <source>No head</source>
        <translation>没有分类头</translation>
    </message>
    <message>
        <source>Open a model first; its last layer with weights is the head.</source>
        <translation>请先打开模型；它最后一个带权重的层就是分类头。</translation>
    </message>
    <message>
        <source>It fits the one class found in the data.</source>
        <translation>与数据中找到的 1 个类别相符。</translation>
    </message>
    <message numerus="yes">
        <source>It fits the %n classes found in the data.</source>
        <translation>
            <numerusform>与数据中找到的 %n 个类别相符。</numerusform>
        </translation>
    </message>
    <message>
        <source>The data has one class, so the head does not fit yet.</source>
        <translation>数据有 1 个类别，分类头还不匹配。</translation>
    </message>
    <message numerus="yes">
        <source>The data has %n classes, so the head does not fit yet.</source>
        <translation>
            <numerusform>数据有 %n 个类别，分类头还不匹配。</numerusform>
        </translation>
    </message>
    <message>
        <source>Replace the head: 1 class</source>
        <translation>更换分类头：1 个类别</translation>
    </message>
    <message numerus="yes">
        <source>Replace the head: %n classes</source>
        <translation>
            <numerusform>更换分类头：%n 个类别</numerusform>
        </translation>
    </message>
    <message>
        <source>Replace the head</source>
        <translation>更换分类头</translation>
    </message>
    <message>
        <source>%1 of %2 parameters trainable (%3)</source>
        <translation>%2 个参数中 %1 个可训练（%3）</translation>
    </message>
    <message>
        <source>No parameters</source>
        <translation>无参数</translation>
    </message>
    <message>
        <source>%L1 of %L2</source>
        <translation>%L1 / %L2</translation>
    </message>
    <message>
        <source>Warm and plain: trained. Cool and hatched: frozen.</source>
        <translation>暖色纯色：训练。冷色斜纹：冻结。</translation>
    </message>
    <message>
        <source>Choose a folder of pictures, and the head is sized for its classes; or say how many there will be.</source>
        <translation>选择图片文件夹，分类头的大小就由其类别决定；也可以直接指定类别数。</translation>
    </message>
    <message>
        <source>Puts this head in place of the old one and keeps everything before it. One step of undo.</source>
        <translation>用这个分类头替换旧的，之前的部分全部保留。可一步撤销。</translation>
    </message>
    <message>
        <source>%1 parameters in this head.</source>
        <translation>这个分类头有 %1 个参数。</translation>
    </message>
    <message>
        <source>The auxiliary classifier gets the same number of outputs.</source>
        <translation>辅助分类器的输出数也相应改变。</translation>
    </message>
    <message numerus="yes">
        <source>The %n auxiliary classifiers get the same number of outputs.</source>
        <translation>
            <numerusform>%n 个辅助分类器的输出数也相应改变。</numerusform>
        </translation>
    </message>
    <message>
        <source>Below: %1</source>
        <comment>links to parts of the panel</comment>
        <translation>下方：%1</translation>
    </message>
    <message numerus="yes">
        <source>A head for each of %n label sets: %1</source>
        <translation>
            <numerusform>%n 个标签集各有一个分类头：%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It fits the %n label sets found in the data.</source>
        <translation>
            <numerusform>与数据中找到的 %n 个标签集相符。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The data has %n label sets, so the head does not fit yet.</source>
        <translation>
            <numerusform>数据有 %n 个标签集，分类头还不匹配。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replace the head: one for each of %n label sets</source>
        <translation>
            <numerusform>替换分类头：%n 个标签集各一个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>graft::HeadSketch</name>
    <message>
        <source>The new head&apos;s layers</source>
        <translation>新分类头的各层</translation>
    </message>
    <message>
        <source>, %L1 parameters</source>
        <translation>，%L1 个参数</translation>
    </message>
    <message>
        <source>%1 (kept)</source>
        <translation>%1（保留）</translation>
    </message>
</context>
<context>
    <name>graft::HistoryView</name>
    <message>
        <source>As opened</source>
        <translation>打开时的状态</translation>
    </message>
    <message>
        <source>History of changes</source>
        <translation>更改历史</translation>
    </message>
    <message>
        <source>Click a step to go back or forth to it.</source>
        <translation>单击某一步即可退回或前进到那里。</translation>
    </message>
</context>
<context>
    <name>graft::InsightController</name>
    <message>
        <source>Measuring this machine</source>
        <translation>正在测量本机</translation>
    </message>
    <message>
        <source>Measuring each layer</source>
        <translation>正在测量各层</translation>
    </message>
    <message>
        <source>Comparing the weights with those that were opened</source>
        <translation>正在与打开时的权重比较</translation>
    </message>
    <message>
        <source>Drop a picture here, or choose one; what the layer makes of it is then shown.</source>
        <translation>把图片拖放到这里，或选择一张；随后显示该层从中得到的内容。</translation>
    </message>
    <message>
        <source>Looking at %1</source>
        <translation>正在查看 %1</translation>
    </message>
    <message>
        <source>For one picture, forward and backward; batches of %1 on %2, median of %3</source>
        <translation>每张图片的前向和反向；批次 %1，设备 %2，%3 次的中位数</translation>
    </message>
</context>
<context>
    <name>graft::JobIndicator</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>graft::LayerPanel</name>
    <message>
        <source>Click a layer or a block in the graph to see what it does and what it costs.</source>
        <translation>单击图中的层或模块，查看它的作用和开销。</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>layer type in block</comment>
        <translation>%2 中的 %1</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Input from %1</source>
        <translation>来自 %1 的输入</translation>
    </message>
    <message>
        <source>Comes from %1. Channels × height × width of one picture.</source>
        <translation>来自 %1。一张图片的通道 × 高 × 宽。</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Channels × height × width of one picture.</source>
        <translation>一张图片的通道 × 高 × 宽。</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>%L1 numbers that training can change</source>
        <translation>训练可以改变的 %L1 个数</translation>
    </message>
    <message>
        <source>Multiply-adds</source>
        <translation>乘加次数</translation>
    </message>
    <message>
        <source>%L1 for one picture</source>
        <translation>每张图片 %L1 次</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <comment>count × layer type</comment>
        <translation>%1 × %2</translation>
    </message>
    <message numerus="yes">
        <source>%n layers</source>
        <translation>
            <numerusform>%n 个层</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>number of layers: their kinds</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Last output</source>
        <translation>最后的输出</translation>
    </message>
    <message>
        <source>Of %1. Channels × height × width of one picture.</source>
        <translation>%1 的输出。一张图片的通道 × 高 × 宽。</translation>
    </message>
    <message>
        <source>Trainable</source>
        <translation>可训练</translation>
    </message>
    <message>
        <source>%L1 of them are not frozen</source>
        <translation>其中 %L1 个未冻结</translation>
    </message>
    <message>
        <source>Name of the layer or block</source>
        <translation>层或模块的名称</translation>
    </message>
    <message>
        <source>There is a layer or block `%1` already; choose another name.</source>
        <translation>已经有名为 `%1` 的层或模块，请换一个名称。</translation>
    </message>
</context>
<context>
    <name>graft::LayerQuery</name>
    <message>
        <source>frozen</source>
        <translation>已冻结</translation>
    </message>
    <message>
        <source>trainable</source>
        <translation>可训练</translation>
    </message>
    <message>
        <source>Find layers by</source>
        <translation>可按以下内容查找层</translation>
    </message>
    <message>
        <source>name or type:  conv1   BatchNorm2d   *.bn?</source>
        <translation>名称或类型：conv1   BatchNorm2d   *.bn?</translation>
    </message>
    <message>
        <source>shape:  512×7×7   512 x 7   ?×7×7</source>
        <translation>形状：512×7×7   512 x 7   ?×7×7</translation>
    </message>
    <message>
        <source>size:  &gt;1M   params&gt;=1e6   macs&gt;100M   memory&gt;2MB   factor&lt;1</source>
        <translation>大小：&gt;1M   params&gt;=1e6   macs&gt;100M   memory&gt;2MB   factor&lt;1</translation>
    </message>
    <message>
        <source>state:  frozen   trainable</source>
        <translation>状态：frozen   trainable</translation>
    </message>
    <message>
        <source>All words must fit; a comma means «or», a minus «not»:  conv -frozen, Linear</source>
        <translation>各词须同时符合；逗号表示“或”，减号表示“非”：conv -frozen, Linear</translation>
    </message>
</context>
<context>
    <name>graft::LayerTable</name>
    <message>
        <source>Freeze</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Unfreeze</source>
        <translation>解冻</translation>
    </message>
    <message>
        <source>Copy all rows</source>
        <translation>复制所有行</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>复制行</translation>
    </message>
    <message>
        <source>Filter layers</source>
        <translation>筛选层</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>%1 chosen</source>
        <comment>%1 is &apos;3 layers&apos;</comment>
        <translation>已选 %1</translation>
    </message>
    <message>
        <source>%1 shown</source>
        <comment>%1 is &apos;3 layers&apos;</comment>
        <translation>显示 %1</translation>
    </message>
    <message>
        <source>%1 frozen</source>
        <translation>%1 已冻结</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Choose which columns are shown</source>
        <translation>选择显示哪些列</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copies the chosen rows, or all that are shown, as tab-separated text (Ctrl+C)</source>
        <translation>将所选的行（未选时为所有显示的行）复制为以制表符分隔的文本（Ctrl+C）</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>保存为 CSV…</translation>
    </message>
    <message>
        <source>Writes the rows that are shown into a file for spreadsheets</source>
        <translation>将显示的行写入电子表格可用的文件</translation>
    </message>
</context>
<context>
    <name>graft::LayerTableModel</name>
    <message>
        <source>frozen</source>
        <translation>已冻结</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Output shape</source>
        <translation>输出形状</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Multiply-adds</source>
        <translation>乘加次数</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>已冻结</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>Output memory</source>
        <translation>输出内存</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Sorted as the network runs</source>
        <translation>按网络运行的顺序排列</translation>
    </message>
    <message>
        <source>What the layer&apos;s output takes for one picture, in 32-bit numbers</source>
        <translation>一张图片时该层输出所占的内存，按 32 位数计</translation>
    </message>
    <message>
        <source>Measured on this machine, for one picture</source>
        <translation>在本机上对一张图片测得</translation>
    </message>
    <message>
        <source>%1 (bytes)</source>
        <translation>%1（字节）</translation>
    </message>
    <message>
        <source>%1 (ms)</source>
        <translation>%1（毫秒）</translation>
    </message>
</context>
<context>
    <name>graft::LibraryDrop</name>
    <message>
        <source>Insert %1 here</source>
        <translation>在此插入 %1</translation>
    </message>
    <message>
        <source>Insert %1 behind %2</source>
        <translation>在 %2 之后插入 %1</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>添加 %1</translation>
    </message>
</context>
<context>
    <name>graft::LibraryView</name>
    <message>
        <source>%1: %2</source>
        <comment>layer type: help</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Drag a layer onto a connection or the ground of the graph.</source>
        <translation>把层拖到图中的连线或空白处。</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>添加 %1</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Insert %1 behind %2</source>
        <translation>在 %2 之后插入 %1</translation>
    </message>
    <message>
        <source>Insert behind %1</source>
        <translation>插入到 %1 之后</translation>
    </message>
    <message>
        <source>Choose a layer in the graph to put the new one behind it; else it stands alone at first.</source>
        <translation>在图中选择一个层，新的层会接在它之后；否则先单独放置。</translation>
    </message>
    <message>
        <source>Search layer types</source>
        <translation>搜索层类型</translation>
    </message>
    <message>
        <source>Library of layers</source>
        <translation>层库</translation>
    </message>
</context>
<context>
    <name>graft::LineEditor</name>
    <message>
        <source>several values</source>
        <translation>多个值</translation>
    </message>
    <message>
        <source>Type %1 whole numbers with commas between them.</source>
        <translation>请输入 %1 个整数，以逗号分隔。</translation>
    </message>
    <message>
        <source>Type whole numbers with commas between them.</source>
        <translation>请输入整数，以逗号分隔。</translation>
    </message>
</context>
<context>
    <name>graft::MainWindow</name>
    <message>
        <source>Open a model</source>
        <translation>打开模型</translation>
    </message>
    <message>
        <source>Models (%1);;All files (*)</source>
        <translation>模型 (%1);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Open a folder that holds a folder of pictures for each class</source>
        <translation>打开一个文件夹，其中每个类别各有一个图片文件夹</translation>
    </message>
    <message>
        <source>Try a picture</source>
        <translation>试一张图片</translation>
    </message>
    <message>
        <source>Pictures (%1);;All files (*)</source>
        <translation>图片 (%1);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose a folder of pictures first (step 2, Data).</source>
        <translation>请先选择图片文件夹（第 2 步“数据”）。</translation>
    </message>
    <message>
        <source>Open a model first (step 1, Model).</source>
        <translation>请先打开模型（第 1 步“模型”）。</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Thaw</source>
        <translation>解冻</translation>
    </message>
    <message>
        <source>The new head takes its size from your classes: choose a folder of pictures first (step 2, Data).</source>
        <translation>新分类头的大小由您的类别决定：请先选择图片文件夹（第 2 步“数据”）。</translation>
    </message>
    <message>
        <source>Training is running; stop it first to change the model or the data.</source>
        <translation>训练正在进行；要更改模型或数据，请先停止训练。</translation>
    </message>
    <message>
        <source>About Graft</source>
        <translation>关于 Graft</translation>
    </message>
    <message>
        <source>&lt;b&gt;Graft %1&lt;/b&gt;&lt;p&gt;Give a trained network a new task, with your own pictures.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
        <translation>&lt;b&gt;Graft %1&lt;/b&gt;&lt;p&gt;用您自己的图片，让训练好的网络胜任新任务。&lt;/p&gt;&lt;p&gt;自由软件，遵循 GNU 通用公共许可证第 3 版或更新版本。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Training is being stopped; a checkpoint is saved, then the window closes. «Go on with the last run» takes it up again.</source>
        <translation>正在停止训练；保存检查点之后窗口会关闭。以后可用“继续上一次训练”接着进行。</translation>
    </message>
    <message>
        <source>Opened %1.</source>
        <translation>已打开 %1。</translation>
    </message>
    <message>
        <source>Opened the pictures in %1.</source>
        <translation>已打开 %1 中的图片。</translation>
    </message>
    <message>
        <source>Wrote %1.</source>
        <translation>已写入 %1。</translation>
    </message>
    <message>
        <source>Training begins; the run is kept in %1.</source>
        <translation>训练开始；本次运行保存在 %1。</translation>
    </message>
    <message>
        <source>%1 parameters, %2 of them trainable · %3 a picture</source>
        <translation>%1 个参数，其中 %2 个可训练 · 每张图片 %3</translation>
    </message>
    <message>
        <source>The model does not know these classes yet: train it first (step 4, Train).</source>
        <translation>模型还不认识这些类别：请先训练（第 4 步“训练”）。</translation>
    </message>
    <message>
        <source>There are no validation pictures to judge by; set some aside on the page Data.</source>
        <translation>没有可用来评估的验证图片；请在“数据”页留出一些。</translation>
    </message>
    <message>
        <source>%1 parameters, %2 classes.</source>
        <translation>%1 个参数，%2 个类别。</translation>
    </message>
    <message>
        <source>It has not been trained here yet.</source>
        <translation>它还没有在这里训练过。</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>还剩 %1</translation>
    </message>
    <message>
        <source>Paused in epoch %1 of %2</source>
        <translation>已暂停：第 %1 轮，共 %2 轮</translation>
    </message>
    <message>
        <source>Training: epoch %1 of %2</source>
        <translation>训练中：第 %1 轮，共 %2 轮</translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <translation>撤销(&amp;U)：%1</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation>重做(&amp;R)：%1</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>继续(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Graft</source>
        <translation>Graft</translation>
    </message>
    <message>
        <source>Graft · %1</source>
        <translation>Graft · %1</translation>
    </message>
    <message>
        <source>Stopped before the first epoch was done, so the model is as it was. «Go on with the last run» takes it up again.</source>
        <translation>第一轮结束之前就停止了，所以模型没有变化。可用“继续上一次训练”接着进行。</translation>
    </message>
    <message>
        <source>Stopped; the best epoch so far is %1, with an accuracy of %2.</source>
        <translation>已停止；目前最好的是第 %1 轮，准确率 %2。</translation>
    </message>
    <message>
        <source>Trained; the best epoch is %1, with an accuracy of %2.</source>
        <translation>训练完成；最好的是第 %1 轮，准确率 %2。</translation>
    </message>
    <message>
        <source>The weights file that you have</source>
        <translation>您已有的权重文件</translation>
    </message>
    <message>
        <source>Weights (*.pth *.pt *.safetensors);;All files (*)</source>
        <translation>权重 (*.pth *.pt *.safetensors);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Training is running and would slow the measurement; wait for it or stop it first.</source>
        <translation>正在训练，会拖慢测量；请先等待训练结束或停止训练。</translation>
    </message>
    <message>
        <source>There are no copied layers to paste; choose some and copy them first (Ctrl+C).</source>
        <translation>没有可粘贴的层；请先选择一些层并复制（Ctrl+C）。</translation>
    </message>
    <message>
        <source>Save the table of layers</source>
        <translation>保存层的表格</translation>
    </message>
    <message>
        <source>Tables (*.csv);;All files (*)</source>
        <translation>表格 (*.csv);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Projects (*.%1);;All files (*)</source>
        <translation>项目 (*.%1);;所有文件 (*)</translation>
    </message>
    <message>
        <source>project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation>保存项目</translation>
    </message>
    <message>
        <source>Projects (*.%1)</source>
        <translation>项目 (*.%1)</translation>
    </message>
    <message>
        <source>Opened the project %1.</source>
        <translation>已打开项目 %1。</translation>
    </message>
    <message>
        <source>Saved the project %1.</source>
        <translation>已保存项目 %1。</translation>
    </message>
    <message>
        <source>Restored the work from %1.</source>
        <translation>已恢复 %1 的工作。</translation>
    </message>
    <message>
        <source>Your unsaved work on %1 from %2 is here.</source>
        <translation>%2 未保存的工作（%1）还在。</translation>
    </message>
    <message>
        <source>Graft ended unexpectedly; your work on %1 from %2 is here.</source>
        <translation>Graft 意外退出；您 %2 的工作（%1）还在。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>The model to compare with</source>
        <translation>要比较的模型</translation>
    </message>
    <message>
        <source>The gradients come with the next step of the training.</source>
        <translation>梯度会在下一步训练时出现。</translation>
    </message>
    <message>
        <source>Gradients are seen while training runs: start it (step 4, Train).</source>
        <translation>训练时才能看到梯度：请开始训练（第 4 步“训练”）。</translation>
    </message>
    <message>
        <source>Since the model was opened</source>
        <translation>自打开模型以来</translation>
    </message>
    <message>
        <source>Look at a picture</source>
        <translation>查看一张图片</translation>
    </message>
    <message>
        <source>graph</source>
        <translation>层图</translation>
    </message>
    <message>
        <source>Export the graph</source>
        <translation>导出层图</translation>
    </message>
    <message>
        <source>Vector picture (*.svg);;Document (*.pdf);;Picture (*.png)</source>
        <translation>矢量图 (*.svg);;文档 (*.pdf);;图片 (*.png)</translation>
    </message>
    <message>
        <source>%1 has an open input now: what came before does not fit it. Connect it, or undo.</source>
        <translation>%1 现在有一个输入空着：之前的层与它不匹配。请连接它，或撤销。</translation>
    </message>
    <message numerus="yes">
        <source>%n layers have an open input now: what came before does not fit them. Connect them, or undo.</source>
        <translation>
            <numerusform>%n 个层现在有输入空着：之前的层与它们不匹配。请连接它们，或撤销。</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Epoch %L1, step %L2 of %L3</source>
        <translation>第 %L1 轮，第 %L2 步，共 %L3 步</translation>
    </message>
    <message>
        <source>Your unsaved work on %1 is kept: File, Unsaved work brings it back.</source>
        <translation>您在 %1 上未保存的工作已保留：可通过「文件 › 未保存的工作」取回。</translation>
    </message>
    <message>
        <source>Train the model on the pictures</source>
        <translation>用这些图片训练模型</translation>
    </message>
    <message>
        <source>A folder for what frozen layers make of pictures</source>
        <translation>存放冻结层对图片的计算结果的文件夹</translation>
    </message>
    <message>
        <source>Nothing can be written in %1; choose another folder.</source>
        <translation>无法写入 %1；请选择其他文件夹。</translation>
    </message>
    <message>
        <source>Clear the %1 of kept features in %2? Runs that need them compute them again.</source>
        <translation>要清除 %2 中保留的 %1 特征吗？需要它们的训练会重新计算。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>A folder for unpacked pictures</source>
        <translation>存放已解码图片的文件夹</translation>
    </message>
    <message>
        <source>Clear the %1 of unpacked pictures in %2? Runs that need them unpack their files again.</source>
        <translation>要清除 %2 中保留的 %1 已解码图片吗？需要它们的训练会重新解码文件。</translation>
    </message>
</context>
<context>
    <name>graft::MemorySection</name>
    <message>
        <source>Memory and speed</source>
        <translation>内存与速度</translation>
    </message>
    <message>
        <source>Pictures at once</source>
        <translation>同时处理的图片</translation>
    </message>
    <message>
        <source>How many pictures of a batch go through the network together (the micro-batch). Fewer need less memory and take a little longer; the batch is still learned from as a whole. Only normalization that is trained sees each part by itself. Leave it at 0 unless memory runs out.</source>
        <translation>一个批次中有多少张图片一起通过网络（微批次）。越少越省内存，但稍慢；学习仍以整个批次为准，只有参与训练的归一化层分别看待每一部分。除非内存不足，否则保持为 0。</translation>
    </message>
    <message>
        <source> picture</source>
        <comment>after 1</comment>
        <translation> 张图片</translation>
    </message>
    <message>
        <source> pictures</source>
        <comment>after a number</comment>
        <translation> 张图片</translation>
    </message>
    <message>
        <source>the whole batch</source>
        <translation>整个批次</translation>
    </message>
    <message>
        <source>Keep features</source>
        <translation>保留特征</translation>
    </message>
    <message>
        <source>Keeps on disk what the frozen layers make of each picture, so that later epochs and later runs, in any project, take a moment. It costs disk space only. Without it every epoch computes everything again.</source>
        <translation>把冻结层对每张图片的计算结果保留在磁盘上，因此之后的轮次以及任何项目中之后的训练只需片刻。只占用磁盘空间。不保留时，每轮都要全部重新计算。</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Where features are kept, for all projects on this computer. A fast disk with room to spare is best. What was kept in another folder stays there.</source>
        <translation>特征存放的位置，对这台电脑上的所有项目有效。最好是空间充裕的快速磁盘。原先保留在其他文件夹中的内容仍留在那里。</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>What the folder may take. When it is full, what was used least recently makes room. 0 lets Graft choose: a tenth of the free disk, 10 GB at most.</source>
        <translation>该文件夹最多可占用的空间。满了之后，最久未使用的内容会让出空间。0 表示由 Graft 决定：空闲磁盘的十分之一，最多 10 GB。</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>已用</translation>
    </message>
    <message>
        <source>What the frozen layers made of all pictures so far, in all projects.</source>
        <translation>到目前为止，所有项目中冻结层对所有图片的计算结果。</translation>
    </message>
    <message>
        <source>Save memory</source>
        <translation>节省内存</translation>
    </message>
    <message>
        <source>Keeps few of the layers&apos; outputs during a step and computes the others a second time (activation checkpointing). What is learned is the same; a step needs less memory and takes longer.</source>
        <translation>每一步只保留少数层的输出，其余的再计算一次（激活检查点）。学到的内容相同；每一步所需内存更少，但耗时更长。</translation>
    </message>
    <message>
        <source>when it is short</source>
        <translation>内存不足时</translation>
    </message>
    <message>
        <source>always</source>
        <translation>总是</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Keep pictures</source>
        <translation>保留图片</translation>
    </message>
    <message>
        <source>Keeps pictures on disk unpacked (decoded), so that later epochs and later runs need not unpack the files again. It saves time where every epoch shows fresh views of them or nothing is frozen. What is learned is the same. Photos take about five times the room that their files take.</source>
        <translation>把解码后的图片保留在磁盘上，之后的轮次和之后的训练就不必再次解码文件。每轮都使用新变体或没有冻结任何层时能节省时间。学到的内容相同。照片占用的空间约为其文件的五倍。</translation>
    </message>
    <message>
        <source>Picture folder</source>
        <translation>图片文件夹</translation>
    </message>
    <message>
        <source>Where unpacked pictures are kept, for all projects on this computer. Only a fast disk saves time. What was kept in another folder stays there.</source>
        <translation>已解码图片存放的位置，对这台电脑上的所有项目有效。只有快速磁盘才能节省时间。原先保留在其他文件夹中的内容仍留在那里。</translation>
    </message>
    <message>
        <source>Pictures at most</source>
        <translation>图片占用上限</translation>
    </message>
    <message>
        <source>What the folder may take. When it is full, pictures that the run does not use make room; those that still do not fit are unpacked in every epoch. 0 lets Graft choose: a tenth of the free disk, 10 GB at most.</source>
        <translation>该文件夹最多可占用的空间。满了之后，本次训练不用的图片会让出空间；仍放不下的图片每轮都要解码。0 表示由 Graft 决定：空闲磁盘的十分之一，最多 10 GB。</translation>
    </message>
    <message>
        <source>Pictures in use</source>
        <translation>图片已占用</translation>
    </message>
    <message>
        <source>All pictures that are kept unpacked, of all projects.</source>
        <translation>所有项目中保留的全部已解码图片。</translation>
    </message>
    <message>
        <source>unpacked</source>
        <comment>picture files</comment>
        <translation>已解码</translation>
    </message>
</context>
<context>
    <name>graft::MessageBar</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭这条消息</translation>
    </message>
</context>
<context>
    <name>graft::NameEditor</name>
    <message>
        <source>Name of %1</source>
        <translation>%1 的名称</translation>
    </message>
</context>
<context>
    <name>graft::NumberEditor</name>
    <message>
        <source>several values</source>
        <translation>多个值</translation>
    </message>
    <message>
        <source>Type a number.</source>
        <translation>请输入一个数。</translation>
    </message>
</context>
<context>
    <name>graft::OutlineModel</name>
    <message>
        <source>%1
%2
%3 parameters, %4</source>
        <translation>%1
%2
%3 个参数，%4</translation>
    </message>
    <message>
        <source>trainable</source>
        <translation>可训练</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>已冻结</translation>
    </message>
    <message>
        <source>partly frozen</source>
        <translation>部分冻结</translation>
    </message>
    <message>
        <source>Frozen: click a snowflake to freeze or to unfreeze</source>
        <translation>冻结：单击雪花可冻结或解冻</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>已冻结</translation>
    </message>
    <message>
        <source>Block or layer</source>
        <translation>模块或层</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
</context>
<context>
    <name>graft::OutlineView</name>
    <message>
        <source>Search layers</source>
        <translation>搜索层</translation>
    </message>
    <message>
        <source>Outline of the network</source>
        <translation>网络大纲</translation>
    </message>
</context>
<context>
    <name>graft::OverlayChooser</name>
    <message>
        <source>Colour by: %1</source>
        <translation>着色：%1</translation>
    </message>
    <message>
        <source>What the colours of the graph tell</source>
        <translation>图中颜色的含义</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>图例</translation>
    </message>
</context>
<context>
    <name>graft::OverlayLegend</name>
    <message>
        <source>Frozen</source>
        <translation>已冻结</translation>
    </message>
    <message>
        <source>Trainable</source>
        <translation>可训练</translation>
    </message>
    <message>
        <source>No parameters</source>
        <translation>无参数</translation>
    </message>
    <message>
        <source>0 everywhere</source>
        <translation>处处为 0</translation>
    </message>
    <message>
        <source>In powers of ten</source>
        <translation>按 10 的幂</translation>
    </message>
</context>
<context>
    <name>graft::PairEditor</name>
    <message>
        <source>several</source>
        <translation>多个</translation>
    </message>
    <message>
        <source>%1, height</source>
        <translation>%1，高</translation>
    </message>
    <message>
        <source>%1, width</source>
        <translation>%1，宽</translation>
    </message>
    <message>
        <source>%1: height and width equal</source>
        <translation>%1：高宽相等</translation>
    </message>
    <message>
        <source>Keeps height and width equal</source>
        <translation>保持高宽相等</translation>
    </message>
    <message>
        <source>Type whole numbers.</source>
        <translation>请输入整数。</translation>
    </message>
</context>
<context>
    <name>graft::PictureChecker</name>
    <message>
        <source>1 picture turned out to be damaged and is left out; the page Data names it.</source>
        <translation>1 张图片已损坏，已被排除；“数据”页列出了它。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln pictures turned out to be damaged and are left out; the page Data names them.</source>
        <translation>
            <numerusform>%Ln 张图片已损坏，已被排除；“数据”页列出了它们。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>graft::PredictionView</name>
    <message>
        <source>Drop a picture here</source>
        <translation>把图片拖放到这里</translation>
    </message>
    <message>
        <source>The network says what it takes it for, with its five best guesses.</source>
        <translation>网络会说出它认为是什么，并给出五个最有把握的答案。</translation>
    </message>
    <message>
        <source>Choose a picture…</source>
        <translation>选择图片…</translation>
    </message>
    <message>
        <source>Another picture…</source>
        <translation>换一张图片…</translation>
    </message>
    <message>
        <source>The picture %1</source>
        <translation>图片 %1</translation>
    </message>
    <message>
        <source>The most probable classes</source>
        <translation>最可能的类别</translation>
    </message>
    <message>
        <source>Looking at the picture</source>
        <translation>正在识别图片</translation>
    </message>
    <message>
        <source>The most probable classes of %1</source>
        <translation>%1最可能的类别</translation>
    </message>
</context>
<context>
    <name>graft::PreprocessingPanel</name>
    <message>
        <source>Preprocessing</source>
        <translation>预处理</translation>
    </message>
    <message>
        <source>How a picture becomes the network&apos;s input. It belongs to the weights and travels with them into every file.</source>
        <translation>图片如何变成网络的输入。它属于权重，并随权重写入每个文件。</translation>
    </message>
    <message>
        <source>ImageNet (PyTorch)</source>
        <translation>ImageNet (PyTorch)</translation>
    </message>
    <message>
        <source>Caffe: BGR, means taken away</source>
        <translation>Caffe：BGR，减去平均值</translation>
    </message>
    <message>
        <source>TensorFlow: from −1 to 1</source>
        <translation>TensorFlow：−1 到 1</translation>
    </message>
    <message>
        <source>None: from 0 to 1</source>
        <translation>无：0 到 1</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>Numbers…</source>
        <translation>数值…</translation>
    </message>
    <message>
        <source>Shows each number, to change it</source>
        <translation>显示每个数值以便修改</translation>
    </message>
    <message>
        <source>Shorter side</source>
        <translation>短边</translation>
    </message>
    <message>
        <source>A picture is first scaled until its shorter side has this many pixels; 0 scales it straight to the crop.</source>
        <translation>先缩放图片，使短边达到这个像素数；0 表示直接缩放到裁剪大小。</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>The square in the middle that the network sees.</source>
        <translation>网络看到的中央正方形。</translation>
    </message>
    <message>
        <source>Scaling</source>
        <translation>缩放方式</translation>
    </message>
    <message>
        <source>How pixels are blended when a picture is scaled.</source>
        <translation>缩放图片时如何混合像素。</translation>
    </message>
    <message>
        <source>Channel order</source>
        <translation>通道顺序</translation>
    </message>
    <message>
        <source>RGB for most networks, BGR for those that come from Caffe.</source>
        <translation>多数网络为 RGB，来自 Caffe 的网络为 BGR。</translation>
    </message>
    <message>
        <source> px</source>
        <translation> 像素</translation>
    </message>
    <message>
        <source>bilinear</source>
        <translation>双线性</translation>
    </message>
    <message>
        <source>bicubic</source>
        <translation>双三次</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均值</translation>
    </message>
    <message>
        <source>Taken from each channel, whose pixels run from 0 to 1, in the channel order.</source>
        <translation>按通道顺序从各通道减去；像素取值 0 到 1。</translation>
    </message>
    <message>
        <source>Standard deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>What each channel is then divided by.</source>
        <translation>随后各通道除以此数。</translation>
    </message>
    <message>
        <source>Shorter side to %1 px, middle %2 × %2 px</source>
        <translation>短边缩放到 %1 像素，取中央 %2 × %2 像素</translation>
    </message>
    <message>
        <source>Scaled to %1 × %1 px</source>
        <translation>缩放到 %1 × %1 像素</translation>
    </message>
    <message>
        <source>%1; %2, mean %3, deviation %4</source>
        <translation>%1；%2，平均值 %3，标准差 %4</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>灰度</translation>
    </message>
</context>
<context>
    <name>graft::ProbabilityBars</name>
    <message>
        <source>&lt; %1</source>
        <translation>&lt; %1</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>graft::ProblemsView</name>
    <message>
        <source>this computer</source>
        <translation>这台电脑</translation>
    </message>
    <message>
        <source>Every layer is frozen, so training would change nothing; replace the head or train some layers.</source>
        <translation>所有层都已冻结，训练不会有任何变化；请更换分类头或解冻一些层。</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>preprocessing</source>
        <translation>预处理</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Fit the layer to its inputs</source>
        <translation>使该层与其输入相匹配</translation>
    </message>
</context>
<context>
    <name>graft::ProjectController</name>
    <message>
        <source>&apos;%1&apos; is open in another Graft; close it there, or save what is open here under another name.</source>
        <translation>“%1”已在另一个 Graft 中打开；请在那里关闭，或将此处的内容另存为其他名称。</translation>
    </message>
    <message>
        <source>Opening %1</source>
        <translation>正在打开 %1</translation>
    </message>
    <message>
        <source>Saving %1</source>
        <translation>正在保存 %1</translation>
    </message>
</context>
<context>
    <name>graft::RunController</name>
    <message>
        <source>Preparing the run</source>
        <translation>正在准备训练</translation>
    </message>
    <message>
        <source>Opening the last run</source>
        <translation>正在打开上一次训练</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>The run was not started: the model or the pictures were changed meanwhile. Start it again.</source>
        <translation>训练没有开始：模型或图片在此期间被更改了。请重新开始。</translation>
    </message>
</context>
<context>
    <name>graft::RunPanel</name>
    <message>
        <source>Ready to train.</source>
        <translation>可以开始训练。</translation>
    </message>
    <message>
        <source>Measuring on the validation pictures…</source>
        <translation>正在用验证图片测量…</translation>
    </message>
    <message>
        <source>Training…</source>
        <translation>正在训练…</translation>
    </message>
    <message>
        <source>Paused. The settings stay as they are until the run ends.</source>
        <translation>已暂停。训练结束之前设置保持不变。</translation>
    </message>
    <message>
        <source>Stopping after this batch; a checkpoint is written…</source>
        <translation>这一批次之后停止；正在写入检查点…</translation>
    </message>
    <message>
        <source>Training has ended.</source>
        <translation>训练已结束。</translation>
    </message>
    <message>
        <source>Training failed.</source>
        <translation>训练失败。</translation>
    </message>
    <message>
        <source>epoch %1 of %2</source>
        <translation>第 %1 轮，共 %2 轮</translation>
    </message>
    <message>
        <source>%1 · took %2</source>
        <translation>%1 · 用时 %2</translation>
    </message>
    <message>
        <source>%1 · estimating the time left</source>
        <translation>%1 · 正在估计剩余时间</translation>
    </message>
    <message>
        <source>%1 · %2 left</source>
        <translation>%1 · 还剩 %2</translation>
    </message>
    <message>
        <source>Train again</source>
        <translation>再次训练</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Starts training with these settings.</source>
        <translation>用这些设置开始训练。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ends the run after this batch and keeps the best epoch&apos;s weights.</source>
        <translation>这一批次之后结束训练，保留最佳轮的权重。</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>训练进度</translation>
    </message>
    <message>
        <source>Best so far: %1 in epoch %2</source>
        <translation>目前最佳：%1（第 %2 轮）</translation>
    </message>
</context>
<context>
    <name>graft::ScheduleSketch</name>
    <message>
        <source>The learning rate over one epoch; at its highest %1.</source>
        <translation>一轮中的学习率；最高 %1。</translation>
    </message>
    <message numerus="yes">
        <source>The learning rate over %n epochs; at its highest %1.</source>
        <translation>
            <numerusform>%n 轮中的学习率；最高 %1。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>graft::Setting</name>
    <message>
        <source>SGD with momentum</source>
        <translation>带动量的 SGD</translation>
    </message>
    <message>
        <source>Adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>AdamW</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>恒定</translation>
    </message>
    <message>
        <source>In steps</source>
        <translation>阶梯下降</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>One cycle</source>
        <translation>单周期</translation>
    </message>
</context>
<context>
    <name>graft::StartPage</name>
    <message>
        <source>Graft</source>
        <translation>Graft</translation>
    </message>
    <message>
        <source>Give a trained network a new task, with your own pictures.</source>
        <translation>用您自己的图片，让训练好的网络胜任新任务。</translation>
    </message>
    <message>
        <source>Open a model file…</source>
        <translation>打开模型文件…</translation>
    </message>
    <message>
        <source>PyTorch, safetensors, ONNX, TorchScript, torch.export or Keras</source>
        <translation>PyTorch、safetensors、ONNX、TorchScript、torch.export 或 Keras</translation>
    </message>
    <message>
        <source>Try it with what is built in</source>
        <translation>用内置内容试一试</translation>
    </message>
    <message>
        <source>A small trained network and a set of drawn pictures; nothing to download</source>
        <translation>一个训练好的小网络和一组绘制的图片；无需下载</translation>
    </message>
    <message>
        <source>Go on with the last run</source>
        <translation>继续上一次训练</translation>
    </message>
    <message>
        <source>Training that was stopped or cut off goes on where it was</source>
        <translation>被停止或中断的训练从原处继续</translation>
    </message>
    <message>
        <source>Opened lately</source>
        <translation>最近打开</translation>
    </message>
    <message>
        <source>You can also drop a model file, a folder of pictures or a single picture anywhere on this window.</source>
        <translation>也可以把模型文件、图片文件夹或单张图片拖放到窗口的任何位置。</translation>
    </message>
    <message>
        <source>Choose a pretrained network…</source>
        <translation>选择预训练网络…</translation>
    </message>
    <message>
        <source>Published ImageNet weights by accuracy, size and speed on this machine</source>
        <translation>已发布的 ImageNet 权重，按准确率、大小和本机速度比较</translation>
    </message>
</context>
<context>
    <name>graft::StepBar</name>
    <message>
        <source>not yet: a step before it is wanting</source>
        <translation>还不行：前面的步骤尚未完成</translation>
    </message>
    <message>
        <source>to be done</source>
        <translation>待完成</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>done, but something has changed since</source>
        <translation>已完成，但之后有改动</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Adapt</source>
        <translation>适配</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Judge</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
</context>
<context>
    <name>graft::SurgeryPanel</name>
    <message>
        <source>Side of the input pictures (px)</source>
        <translation>输入图片的边长（像素）</translation>
    </message>
    <message>
        <source>Pictures are brought to this height and width. Larger ones show more and cost more.</source>
        <translation>图片会缩放到这个高和宽。越大看到的越多，开销也越大。</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Set the side of the input pictures</source>
        <translation>设置输入图片的边长</translation>
    </message>
    <message>
        <source>Channels of the input</source>
        <translation>输入的通道数</translation>
    </message>
    <message>
        <source>3 for colour, 1 for grey pictures such as X-rays.</source>
        <translation>彩色为 3；X 光片等灰度图片为 1。</translation>
    </message>
    <message>
        <source>Sum filters</source>
        <translation>滤波器求和</translation>
    </message>
    <message>
        <source>Average filters</source>
        <translation>滤波器取平均</translation>
    </message>
    <message>
        <source>What becomes of the first convolution&apos;s filters</source>
        <translation>第一个卷积的滤波器如何处理</translation>
    </message>
    <message>
        <source>What becomes of the first convolution&apos;s filters. Their sum over the colours keeps what grey pictures gave before; their mean is weaker.</source>
        <translation>第一个卷积的滤波器如何处理。对颜色求和可保持灰度图片原有的结果；取平均则较弱。</translation>
    </message>
    <message>
        <source>Set the channels of the input</source>
        <translation>设置输入的通道数</translation>
    </message>
    <message>
        <source>Activation to replace</source>
        <translation>要替换的激活函数</translation>
    </message>
    <message>
        <source>Activation to put in its place</source>
        <translation>换成的激活函数</translation>
    </message>
    <message>
        <source>In the chosen layers when there are such among them, otherwise in the whole network.</source>
        <translation>若所选的层中有，则只替换其中的；否则替换整个网络中的。</translation>
    </message>
    <message>
        <source>Adapters for the chosen layers</source>
        <translation>所选层的适配器</translation>
    </message>
    <message>
        <source>Few new weights learn beside frozen ones: little memory, and the old network stays as it is.</source>
        <translation>少量新权重在冻结的权重旁学习：内存占用少，原网络保持不变。</translation>
    </message>
    <message>
        <source>LoRA, beside the layer</source>
        <translation>LoRA，与层并联</translation>
    </message>
    <message>
        <source>Bottleneck, behind the layer</source>
        <translation>瓶颈，接在层后</translation>
    </message>
    <message>
        <source>Kind of adapter</source>
        <translation>适配器类型</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>Rank of the adapters</source>
        <translation>适配器的秩</translation>
    </message>
    <message>
        <source>How many features the adapter has in between: more learn more and cost more.</source>
        <translation>适配器中间的特征数：越多学得越多，开销也越大。</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>Alpha of the adapters</source>
        <translation>适配器的 Alpha</translation>
    </message>
    <message>
        <source>The branch counts alpha / rank times.</source>
        <translation>支路按 alpha / 秩 的倍数计入。</translation>
    </message>
    <message>
        <source>Merge LoRA into the weights</source>
        <translation>将 LoRA 合并到权重中</translation>
    </message>
    <message>
        <source>Folds each branch into the layer beside it; the answers stay.</source>
        <translation>把每条支路并入旁边的层；结果不变。</translation>
    </message>
    <message>
        <source>Add to the chosen layers</source>
        <translation>添加到所选的层</translation>
    </message>
    <message>
        <source>Add to 1 chosen layer</source>
        <translation>添加到 1 个所选的层</translation>
    </message>
    <message numerus="yes">
        <source>Add to %n chosen layers</source>
        <translation>
            <numerusform>添加到 %n 个所选的层</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose Linear or Conv2d layers, or blocks that hold some. They are frozen then; the adapters learn.</source>
        <translation>请选择 Linear 或 Conv2d 层，或包含它们的模块。这些层会被冻结，由适配器学习。</translation>
    </message>
    <message>
        <source>Cut here and put this head on</source>
        <translation>在此截断并接上这个分类头</translation>
    </message>
    <message>
        <source>Choose a layer or block; the network can end behind it, with the head from above.</source>
        <translation>请选择层或模块；网络可以在它之后结束，并接上方的分类头。</translation>
    </message>
    <message>
        <source>Cut behind %1</source>
        <translation>在 %1 之后截断</translation>
    </message>
    <message>
        <source>Takes away %1 behind it and puts the head from above there (%2 parameters).</source>
        <translation>移除其后的 %1，并接上方的分类头（%2 个参数）。</translation>
    </message>
    <message>
        <source>1 layer</source>
        <translation>1 个层</translation>
    </message>
    <message numerus="yes">
        <source>%n layers</source>
        <translation>
            <numerusform>%n 个层</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>layer type (how many)</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Swap activations</source>
        <translation>替换激活函数</translation>
    </message>
    <message>
        <source>Adapters (LoRA, bottleneck)</source>
        <translation>适配器（LoRA、瓶颈）</translation>
    </message>
    <message>
        <source>Input: size, channels</source>
        <translation>输入：大小、通道</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>Cut the network</source>
        <translation>截断网络</translation>
    </message>
</context>
<context>
    <name>graft::TensorTable</name>
    <message>
        <source>%L1 elements are not finite (NaN or infinite) and left out of these figures.</source>
        <translation>%L1 个元素不是有限数（NaN 或无穷大），未计入这些统计。</translation>
    </message>
    <message>
        <source>Weight statistics</source>
        <translation>权重统计</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Min</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>Max</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均值</translation>
    </message>
    <message>
        <source>Std</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>Zeros</source>
        <translation>零占比</translation>
    </message>
</context>
<context>
    <name>graft::TrainingPanel</name>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>学习率计划</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>How often training goes through all training pictures. 5 to 20 are usual for a new head.</source>
        <translation>训练把所有训练图片看多少遍。新分类头通常 5 到 20 轮。</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批次大小</translation>
    </message>
    <message>
        <source>Pictures that are looked at before the weights are changed once. Larger is steadier and needs more memory.</source>
        <translation>每更新一次权重所看的图片数。越大越平稳，也需要越多内存。</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Share of the pictures of each class that is kept from training, to measure what was learned on pictures never seen.</source>
        <translation>每个类别中不参与训练的图片比例，用来在没见过的图片上衡量学习效果。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Starts all chance. The same seed with the same settings gives the same numbers again.</source>
        <translation>决定所有随机过程。相同的种子加相同的设置会得到相同的数值。</translation>
    </message>
    <message>
        <source> %</source>
        <comment>percent, after a number</comment>
        <translation> %</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>The rule that changes the weights. SGD with momentum is the classic; Adam and AdamW need less tuning.</source>
        <translation>更新权重的规则。带动量的 SGD 是经典选择；Adam 和 AdamW 需要的调节较少。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>How big a step each change is. 0.001 to 0.01 suits a new head; ten times less suits a whole network. The loss jumps about when it is too high.</source>
        <translation>每次更新的步子有多大。新分类头适合 0.001 到 0.01；整个网络适合再小十倍。过大时损失会来回跳动。</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>How much of the last steps&apos; direction is kept, so that small bumps are rolled over. 0.9 is usual.</source>
        <translation>保留多少之前的方向，以便越过小的起伏。通常为 0.9。</translation>
    </message>
    <message>
        <source>Looks ahead along the momentum before it computes the next step; often a little faster.</source>
        <translation>计算下一步之前先沿动量方向向前看；通常略快一些。</translation>
    </message>
    <message>
        <source>Nesterov momentum</source>
        <translation>Nesterov 动量</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Pulls the weights gently towards zero, against learning the pictures by heart. 0.0001 is usual; 0 turns it off.</source>
        <translation>把权重轻轻拉向零，避免死记图片。通常为 0.0001；0 表示关闭。</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>标签平滑</translation>
    </message>
    <message>
        <source>How little a label is trusted: with 10 % the network need not be quite sure, which helps when some labels are wrong.</source>
        <translation>对标签的不信任程度：设为 10 % 时网络不必十分肯定，有些标签有误时会有帮助。</translation>
    </message>
    <message>
        <source>How the learning rate moves during the run: large steps first, small ones at the end usually give the best result.</source>
        <translation>学习率在训练中如何变化：先大步、后小步通常效果最好。</translation>
    </message>
    <message>
        <source>Drop every</source>
        <translation>每隔多少轮下降</translation>
    </message>
    <message>
        <source>Epochs after which the learning rate drops.</source>
        <translation>学习率每隔多少轮下降一次。</translation>
    </message>
    <message>
        <source>Drop to</source>
        <translation>下降到</translation>
    </message>
    <message>
        <source>What the learning rate is multiplied with at each drop. 0.1 makes it ten times smaller.</source>
        <translation>每次下降时学习率乘以的数。0.1 表示缩小到十分之一。</translation>
    </message>
    <message>
        <source>Rising part</source>
        <translation>上升部分</translation>
    </message>
    <message>
        <source>Share of the run in which the learning rate rises before it falls.</source>
        <translation>学习率先升后降，上升阶段占整个训练的比例。</translation>
    </message>
    <message>
        <source> epochs</source>
        <comment>after a number</comment>
        <translation> 轮</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>What computes: the processor, or a graphics card, which is many times faster.</source>
        <translation>用什么计算：处理器，或者快很多倍的显卡。</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Full (fp32)</source>
        <translation>全精度 (fp32)</translation>
    </message>
    <message>
        <source>Half (bf16)</source>
        <translation>半精度 (bf16)</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>device, its memory</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>the data&apos;s own</source>
        <translation>数据自带</translation>
    </message>
    <message>
        <source>CPU, 1 thread</source>
        <translation>CPU，1 个线程</translation>
    </message>
    <message numerus="yes">
        <source>CPU, %n threads</source>
        <translation>
            <numerusform>CPU，%n 个线程</numerusform>
        </translation>
    </message>
    <message>
        <source>How exactly numbers are kept while training, judging and predicting. Automatic takes bf16, which is faster and needs less memory, on graphics cards and on processors made for it, and full precision elsewhere. With bf16 a picture on the edge between two classes may fall on the other side.</source>
        <translation>训练、评估和预测时数值保留的精细程度。“自动”在显卡和支持 bf16 的处理器上使用 bf16，速度更快、更省内存，在其他设备上使用全精度。使用 bf16 时，介于两个类别之间的图片可能会被判到另一边。</translation>
    </message>
</context>
<context>
    <name>graft::Workbench</name>
    <message>
        <source>Opening %1</source>
        <translation>正在打开 %1</translation>
    </message>
    <message>
        <source>Looking through %1</source>
        <translation>正在查看 %1</translation>
    </message>
    <message>
        <source>Freeze everything before %1</source>
        <translation>冻结 %1 之前的所有层</translation>
    </message>
    <message>
        <source>Train everything</source>
        <translation>训练全部</translation>
    </message>
    <message>
        <source>Freeze all but the head</source>
        <translation>只留分类头，其余冻结</translation>
    </message>
    <message>
        <source>Replacing the head</source>
        <translation>正在更换分类头</translation>
    </message>
    <message>
        <source>Replace the head</source>
        <translation>更换分类头</translation>
    </message>
    <message>
        <source>Judging the model</source>
        <translation>正在评估模型</translation>
    </message>
    <message>
        <source>There is no model yet; open one first.</source>
        <translation>还没有模型；请先打开一个。</translation>
    </message>
    <message>
        <source>Looking at %1</source>
        <translation>正在识别 %1</translation>
    </message>
    <message>
        <source>Writing and checking %1</source>
        <translation>正在写入并检查 %1</translation>
    </message>
    <message>
        <source>The head was not replaced: the model was changed meanwhile. Replace it again.</source>
        <translation>分类头没有替换：模型在此期间被更改了。请再替换一次。</translation>
    </message>
</context>
<context>
    <name>graft::attributetext</name>
    <message>
        <source>From %1 to %2.</source>
        <translation>从 %1 到 %2。</translation>
    </message>
    <message>
        <source>At least %1.</source>
        <translation>至少 %1。</translation>
    </message>
    <message>
        <source>At most %1.</source>
        <translation>至多 %1。</translation>
    </message>
    <message>
        <source>Default: %1.</source>
        <translation>默认值：%1。</translation>
    </message>
</context>
<context>
    <name>graft::compare</name>
    <message>
        <source>added</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>renamed</source>
        <translation>已重命名</translation>
    </message>
    <message>
        <source>type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>takes</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>learning rate factor</source>
        <translation>学习率倍数</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新</translation>
    </message>
    <message>
        <source>The layers are the same.</source>
        <translation>各层相同。</translation>
    </message>
    <message>
        <source>Layers: %1 added, %2 removed, %3 changed.</source>
        <translation>层：新增 %1，移除 %2，更改 %3。</translation>
    </message>
    <message>
        <source>The weights are equal, number for number.</source>
        <translation>权重逐数相同。</translation>
    </message>
    <message>
        <source>Weights changed in %1 of %2 layers that have some, most in %3 (%4).</source>
        <translation>有权重的 %2 个层中有 %1 个的权重有变化，变化最大的是 %3（%4）。</translation>
    </message>
    <message>
        <source>The preprocessing is different.</source>
        <translation>预处理不同。</translation>
    </message>
    <message>
        <source>The classes are different.</source>
        <translation>类别不同。</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>The weights of 1 layer have another shape.</source>
        <translation>1 个层的权重形状不同。</translation>
    </message>
</context>
<context>
    <name>graft::layertext</name>
    <message>
        <source>stride %1</source>
        <translation>步幅 %1</translation>
    </message>
    <message>
        <source>dilation %1</source>
        <translation>膨胀 %1</translation>
    </message>
    <message>
        <source>depthwise</source>
        <translation>逐通道</translation>
    </message>
    <message>
        <source>%1 groups</source>
        <translation>%1 组</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>到 %1</translation>
    </message>
    <message>
        <source>%1 layer</source>
        <translation>%1 个层</translation>
    </message>
    <message>
        <source>%1 layers</source>
        <translation>%1 个层</translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation>卷积</translation>
    </message>
    <message>
        <source>Normalization</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>池化</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Regularization</source>
        <translation>正则化</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Element-wise</source>
        <translation>逐元素</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Parameter</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
</context>
<context>
    <name>graft::marks</name>
    <message>
        <source>%1 more problems</source>
        <translation>还有 %1 个问题</translation>
    </message>
    <message>
        <source>Frozen BatchNorm in here uses its running statistics</source>
        <translation>其中冻结的 BatchNorm 使用其累积统计量</translation>
    </message>
    <message>
        <source>Uses its running statistics; training does not change them</source>
        <translation>使用其累积统计量；训练不会改变它们</translation>
    </message>
    <message>
        <source>Takes the statistics of each batch while training</source>
        <translation>训练时使用每个批次的统计量</translation>
    </message>
    <message>
        <source>Learning rate × %1</source>
        <translation>学习率 × %1</translation>
    </message>
</context>
<context>
    <name>graft::overlay</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 µs</source>
        <translation>%1 微秒</translation>
    </message>
    <message>
        <source>Frozen or trainable</source>
        <translation>冻结或可训练</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Multiply-adds</source>
        <translation>乘加次数</translation>
    </message>
    <message>
        <source>Activation memory</source>
        <translation>激活内存</translation>
    </message>
    <message>
        <source>Measured time</source>
        <translation>实测时间</translation>
    </message>
    <message>
        <source>Weight drift</source>
        <translation>权重漂移</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Numbers that training can change</source>
        <translation>训练可以改变的数的个数</translation>
    </message>
    <message>
        <source>MACs for one picture</source>
        <translation>一张图片的 MAC 数</translation>
    </message>
    <message>
        <source>Bytes of the output for one picture</source>
        <translation>一张图片的输出字节数</translation>
    </message>
    <message>
        <source>Seconds in the layer</source>
        <translation>该层所用的秒数</translation>
    </message>
    <message>
        <source>Length of the change since loading</source>
        <translation>加载以来变化的长度</translation>
    </message>
    <message>
        <source>Change since loading, share of the weights</source>
        <translation>加载以来的变化占权重的比例</translation>
    </message>
    <message>
        <source>Length of the gradient</source>
        <translation>梯度的长度</translation>
    </message>
    <message>
        <source>Not measured yet</source>
        <translation>尚未测量</translation>
    </message>
    <message>
        <source>Not compared yet</source>
        <translation>尚未比较</translation>
    </message>
    <message>
        <source>Comes while training</source>
        <translation>训练时显示</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>尚不清楚</translation>
    </message>
    <message>
        <source>Measure now</source>
        <translation>立即测量</translation>
    </message>
    <message>
        <source>Compare now</source>
        <translation>立即比较</translation>
    </message>
    <message>
        <source>Train now</source>
        <translation>立即训练</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>graft::text</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>&lt; %1 %</source>
        <translation>&lt; %1 %</translation>
    </message>
    <message>
        <source>&gt; %1 %</source>
        <translation>&gt; %1 %</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Give a trained network a new task, with your own pictures.</source>
        <translation>用您自己的图片，让训练好的网络胜任新任务。</translation>
    </message>
    <message>
        <source>A folder of class folders to open.</source>
        <translation>要打开的数据文件夹，其中每个类别一个文件夹。</translation>
    </message>
    <message>
        <source>The look: system, light or dark.</source>
        <translation>外观：system、light 或 dark。</translation>
    </message>
    <message>
        <source>The language: en, zh_CN or zh_TW.</source>
        <translation>语言：en、zh_CN 或 zh_TW。</translation>
    </message>
    <message>
        <source>Print the time until the window can be used, then quit.</source>
        <translation>显示窗口可用之前所需的时间，然后退出。</translation>
    </message>
    <message>
        <source>A model file or a project to open.</source>
        <translation>要打开的模型文件或项目。</translation>
    </message>
</context>
</TS>
