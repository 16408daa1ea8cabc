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
        <source>Train the model on the pictures</source>
        <translation>用这些图片训练模型</translation>
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
        <source>Cuts out a part of the picture, of changing size and shape, and scales it to the network's input.</source>
        <translation>从图片中截取大小和形状不断变化的一部分，并缩放到网络的输入大小。</translation>
    </message>
    <message>
        <source>Smallest crop</source>
        <translation>最小裁剪</translation>
    </message>
    <message>
        <source>The least share of the picture's area that a crop keeps.</source>
        <translation>裁剪至少保留的图片面积比例。</translation>
    </message>
    <message>
        <source>Largest crop</source>
        <translation>最大裁剪</translation>
    </message>
    <message>
        <source>The greatest share of the picture's area that a crop keeps.</source>
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
        <translation><numerusform>%1 有 %Ln 张图片识别正确（占 %2）</numerusform></translation>
    </message>
    <message>
        <source>1 picture of %1 taken for %2 (%3 of them)</source>
        <translation>%1 有 1 张图片被认作 %2（占 %3）</translation>
    </message>
    <message numerus="yes">
        <source>%Ln pictures of %1 taken for %2 (%3 of them)</source>
        <translation><numerusform>%1 有 %Ln 张图片被认作 %2（占 %3）</numerusform></translation>
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
</context>
<context>
    <name>graft::DatasetView</name>
    <message>
        <source>Drop a folder of pictures here, or choose one</source>
        <translation>把图片文件夹拖放到这里，或选择一个</translation>
    </message>
    <message>
        <source>One folder for each class, named like the class, with its pictures inside. Folders named train and val are used as they are; otherwise Graft keeps a share of each class for validation.</source>
        <translation>每个类别一个文件夹，以类别命名，里面是它的图片。名为 train 和 val 的文件夹按原样使用；否则 Graft 会从每个类别中留出一部分用于验证。</translation>
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
        <translation><numerusform>%1：%Ln 张图片</numerusform></translation>
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
        <translation><numerusform>%Ln 张训练</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln validation</source>
        <comment>pictures</comment>
        <translation><numerusform>%Ln 张验证</numerusform></translation>
    </message>
    <message>
        <source>1 class</source>
        <translation>1 个类别</translation>
    </message>
    <message numerus="yes">
        <source>%Ln classes</source>
        <translation><numerusform>%Ln 个类别</numerusform></translation>
    </message>
    <message>
        <source>1 file left out</source>
        <translation>1 个文件未使用</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files left out</source>
        <translation><numerusform>%Ln 个文件未使用</numerusform></translation>
    </message>
    <message>
        <source>1 warning</source>
        <translation>1 条警告</translation>
    </message>
    <message numerus="yes">
        <source>%Ln warnings</source>
        <translation><numerusform>%Ln 条警告</numerusform></translation>
    </message>
    <message>
        <source>The folder</source>
        <translation>文件夹</translation>
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
</context>
<context>
    <name>graft::Document</name>
    <message>
        <source>Change the learning rate factor</source>
        <translation>更改学习率倍数</translation>
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
        <source>A layer's setting is not valid</source>
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
        <translation><numerusform>%Ln 张图片</numerusform></translation>
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
        <source>Safe and fast to load; Graft opens it again with all that belongs to it, and HuggingFace's tools read it.</source>
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
        <translation><numerusform>您的 %Ln 张图片</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln pictures that Graft drew</source>
        <translation><numerusform>Graft 绘制的 %Ln 张图片</numerusform></translation>
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
</context>
<context>
    <name>graft::GraphLegend</name>
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
        <source>Search layers (Ctrl+F)</source>
        <translation>搜索层 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Search layers</source>
        <translation>搜索层</translation>
    </message>
    <message>
        <source>Layer graph</source>
        <translation>层图</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>图例</translation>
    </message>
    <message>
        <source>Overview of the graph</source>
        <translation>图的概览</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>找到 %1 个</translation>
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
        <translation><numerusform>%1 有 %n 个输出</numerusform></translation>
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
        <source>Choose a folder of pictures; the head is then sized for its classes.</source>
        <translation>请选择图片文件夹；分类头的大小将由其中的类别决定。</translation>
    </message>
    <message>
        <source>It fits the one class found in the data.</source>
        <translation>与数据中找到的 1 个类别相符。</translation>
    </message>
    <message numerus="yes">
        <source>It fits the %n classes found in the data.</source>
        <translation><numerusform>与数据中找到的 %n 个类别相符。</numerusform></translation>
    </message>
    <message>
        <source>The data has one class, so the head does not fit yet.</source>
        <translation>数据有 1 个类别，分类头还不匹配。</translation>
    </message>
    <message numerus="yes">
        <source>The data has %n classes, so the head does not fit yet.</source>
        <translation><numerusform>数据有 %n 个类别，分类头还不匹配。</numerusform></translation>
    </message>
    <message>
        <source>Replace the head: 1 class</source>
        <translation>更换分类头：1 个类别</translation>
    </message>
    <message numerus="yes">
        <source>Replace the head: %n classes</source>
        <translation><numerusform>更换分类头：%n 个类别</numerusform></translation>
    </message>
    <message>
        <source>Replace the head</source>
        <translation>更换分类头</translation>
    </message>
    <message>
        <source>Puts a fresh last layer with one output for each class in place of the old one and keeps everything before it.</source>
        <translation>用一个全新的末层取代原来的，每个类别一个输出；之前的部分全部保留。</translation>
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
        <source>Learning rate factor</source>
        <translation>学习率倍数</translation>
    </message>
    <message>
        <source>How much faster or slower than the rest this part learns: its learning rate is the run's times this number.</source>
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
        <source>Weights</source>
        <translation>权重</translation>
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
        <source>%1 Default: %2</source>
        <translation>%1 默认值：%2</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <comment>count × layer type</comment>
        <translation>%1 × %2</translation>
    </message>
    <message numerus="yes">
        <source>%n layers</source>
        <translation><numerusform>%n 个层</numerusform></translation>
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
        <source>%L1 elements are not finite (NaN or infinite) and left out of these figures.</source>
        <translation>%L1 个元素不是有限数（NaN 或无穷大），未计入这些统计。</translation>
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
        <source>%1 · %2 parameters, %3 trainable · %4</source>
        <translation>%1 · %2 个参数，%3 个可训练 · %4</translation>
    </message>
    <message>
        <source>Filter layers</source>
        <translation>筛选层</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
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
</context>
<context>
    <name>graft::MainWindow</name>
    <message>
        <source>CPU</source>
        <translation>处理器</translation>
    </message>
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
        <source>Ends the run after this batch and keeps the best epoch's weights.</source>
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
        <translation><numerusform>%n 轮中的学习率；最高 %1。</numerusform></translation>
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
        <source>How much of the last steps' direction is kept, so that small bumps are rolled over. 0.9 is usual.</source>
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
        <source>How exactly numbers are kept while computing. Automatic takes bf16 on a graphics card, which halves the memory, and full precision on the processor.</source>
        <translation>计算时数值保留的精细程度。“自动”在显卡上使用 bf16，可省一半内存，在处理器上使用全精度。</translation>
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
        <source>the data's own</source>
        <translation>数据自带</translation>
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
        <source>A model file to open.</source>
        <translation>要打开的模型文件。</translation>
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
</TS>
