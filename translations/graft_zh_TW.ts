<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open a model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a &amp;folder of pictures…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opened &amp;lately</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try what is &amp;built in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try a &amp;picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export the model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Freeze the selected layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Train the selected layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freeze everything &amp;before here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freeze &amp;all but the head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train &amp;everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace the &amp;head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a &amp;layer…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train the model on the pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Go on with the last run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Judge the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the &amp;whole graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Unfold all blocks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fold all blocks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>L&amp;anguage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset the layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full &amp;screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About Graft</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Docks</name>
    <message>
        <source>Outline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selected layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adapt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run and curves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problems (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Document</name>
    <message>
        <source>Change the learning rate factor</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportPage</name>
    <message>
        <source>Safe and fast to load; holds the network, the class names and the preparation of pictures as well. Graft opens it again as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights by name, for Python: torch.load(file, weights_only=True).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs by itself, in Python and C++: torch.jit.load(file).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no model to export yet. Open one and train it; then come back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the model away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the &amp;file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JobIndicator</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>CPU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models (*.pth *.pt *.th *.bin *.ckpt *.safetensors);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a folder that holds a folder of pictures for each class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures (%1);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder of pictures first (step 2, Data).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a model first (step 1, Model).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thaw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The new head takes its size from your classes: choose a folder of pictures first (step 2, Data).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training is running; stop it first to change the model or the data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Graft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;b&gt;Graft %1&lt;/b&gt;&lt;p&gt;Give a trained network a new task, with your own pictures.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training is being stopped; a checkpoint is saved, then the window closes. «Go on with the last run» takes it up again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opened %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opened the pictures in %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wrote %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training begins; the run is kept in %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 parameters, %2 of them trainable · %3 a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model does not know these classes yet: train it first (step 4, Train).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no validation pictures to judge by; set some aside on the page Data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 parameters, %2 classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has not been trained here yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written: %1 (%2).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused in epoch %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training: epoch %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Graft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Graft · %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped before the first epoch was done, so the model is as it was. «Go on with the last run» takes it up again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped; the best epoch so far is %1, with an accuracy of %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trained; the best epoch is %1, with an accuracy of %2.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProblemsView</name>
    <message>
        <source>this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every layer is frozen, so training would change nothing; replace the head or train some layers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunController</name>
    <message>
        <source>Preparing the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the last run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Graft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a trained network a new task, with your own pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a model file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PyTorch weights (.pth, .pt) or safetensors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try it with what is built in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A small trained network and a set of drawn pictures; nothing to download</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on with the last run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training that was stopped or cut off goes on where it was</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opened lately</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can also drop a model file, a folder of pictures or a single picture anywhere on this window.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StepBar</name>
    <message>
        <source>not yet: a step before it is wanting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to be done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done, but something has changed since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adapt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Judge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Workbench</name>
    <message>
        <source>Opening %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking through %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freeze everything before %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freeze all but the head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replacing the head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace the head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Judging the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no model yet; open one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::AugmentationPanel</name>
    <message>
        <source>Training sees each picture a little different every time, so that it learns the thing and not the photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Position and size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Examples appear here once a folder of pictures is chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Examples of augmented pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other examples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures as they are, cut to the middle.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slightly different crops, mirrored every second time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crops, turns, shifts, zoom and colours, all in moderation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> %</source>
        <comment>percent, after a number</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>°</source>
        <comment>degrees, after a number</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Random crop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cuts out a part of the picture, of changing size and shape, and scales it to the network&apos;s input.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smallest crop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The least share of the picture&apos;s area that a crop keeps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest crop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The greatest share of the picture&apos;s area that a crop keeps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often a picture is flipped left to right. Set it to 0 where left and right matter, as in writing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turns the picture by up to this angle, either way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enlarges or shrinks the picture by up to this much.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift sideways</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moves the picture left or right by up to this share of its width.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift up and down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moves the picture up or down by up to this share of its height.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill corners with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What stands where turning or moving has left nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the mean colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the nearest pixel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its mirror image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the other side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes the picture lighter or darker by up to this much.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes differences stronger or weaker by up to this much.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes colours stronger or greyer by up to this much.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turns all colours on the colour wheel by up to this angle. Set it to 0 where colour tells the classes apart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channel shift</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moves red, green and blue up or down by up to this much of 255, each on its own.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::ClassTableModel</name>
    <message>
        <source>%1: %L2 for training, %L3 for validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::ConfusionView</name>
    <message>
        <source>Taken for →</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>← Is really</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 picture of %1 recognised (%2 of them)</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln pictures of %1 recognised (%2 of them)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>1 picture of %1 taken for %2 (%3 of them)</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln pictures of %1 taken for %2 (%3 of them)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>really / taken for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as picture</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::CurvesView</name>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy, %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training, batches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training, epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Curves of loss and accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss and accuracy appear here while training runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Point at the curves for figures; the wheel zooms, a double click shows all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loss %1, accuracy %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epoch %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>training: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>validation: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>batch %L1: loss %2, learning rate %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy epochs as CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy batches as CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Logarithmic loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::DatasetView</name>
    <message>
        <source>Drop a folder of pictures here, or choose one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One folder for each class, named like the class, with its pictures inside. Folders named train and val are used as they are; otherwise Graft keeps a share of each class for validation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>flowers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>daisy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tulip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder flowers with the folders daisy, rose and tulip, each with pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking pictures: %L1 of %L2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for pictures…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: 1 picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1: %Ln pictures</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Other folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> %</source>
        <comment>percent, after a number</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share for validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of each class that is kept from training, to measure what was learned on pictures never seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split as in the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures of the chosen class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files left out and warnings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln training</source>
        <comment>pictures</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln validation</source>
        <comment>pictures</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>1 class</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln classes</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>1 file left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln files left out</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>1 warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln warnings</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The folder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::Error</name>
    <message>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file was not found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file cannot be written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is not safe to open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Graft does not know this kind of file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Graft does not know this network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights do not fit the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights hold invalid numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layers do not fit together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network cannot be run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A layer&apos;s setting is not valid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This folder cannot be trained on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A setting is not valid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The device is not available</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training went astray</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another Graft is at work here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong in Graft</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::EvaluationView</name>
    <message>
        <source>Point at a cell to see what it counts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring: %L1 of %L2 pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How good is it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measures the model on the validation pictures, which it has never been trained on: accuracy, figures for each class, and what is taken for what.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>top-5 %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln pictures</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures for each class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recall</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation pictures of this class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the pictures taken for this class, how many are of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the pictures of this class, how many are recognised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision and recall in one figure (their harmonic mean)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::GraphCanvas</name>
    <message>
        <source>%1, frozen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unfold all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fold all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit in the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unfreeze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freeze everything before here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace head…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unfold</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::GraphLegend</name>
    <message>
        <source>Frozen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trainable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No parameters</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::GraphScene</name>
    <message>
        <source>%1 param.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 parameters, %2 frozen</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::GraphView</name>
    <message>
        <source>Zoom out (-)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit in the window (F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fold all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unfold all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search layers (Ctrl+F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Legend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overview of the graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::HeadPanel</name>
    <message>
        <source>Head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last layers, which turn what the network sees into answers: one output for each class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is trained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freeze all but the head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the head learns. Fast, and the best choice for few pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freeze nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every layer learns. Slow; pays off with many pictures and a low learning rate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has 1 output</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 has %n outputs</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>No head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a model first; its last layer with weights is the head.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder of pictures; the head is then sized for its classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It fits the one class found in the data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>It fits the %n classes found in the data.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The data has one class, so the head does not fit yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The data has %n classes, so the head does not fit yet.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Replace the head: 1 class</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Replace the head: %n classes</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Replace the head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Puts a fresh last layer with one output for each class in place of the old one and keeps everything before it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 parameters trainable (%3)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%L1 of %L2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warm and plain: trained. Cool and hatched: frozen.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::LayerPanel</name>
    <message>
        <source>Click a layer or a block in the graph to see what it does and what it costs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate factor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much faster or slower than the rest this part learns: its learning rate is the run&apos;s times this number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adapt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A frozen layer keeps what it has learned: training does not change it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freeze everything before it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freezes all layers whose output reaches this one, and leaves the others as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight statistics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Max</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Std</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zeros</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>layer type in block</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input from %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comes from %1. Channels × height × width of one picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channels × height × width of one picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%L1 numbers that training can change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Multiply-adds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%L1 for one picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 Default: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <comment>count × layer type</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n layers</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>number of layers: their kinds</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of %1. Channels × height × width of one picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trainable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%L1 of them are not frozen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training changes it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 layers are frozen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training leaves it as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>BatchNorm keeps its statistics.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dropout is off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%L1 elements are not finite (NaN or infinite) and left out of these figures.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::LayerTable</name>
    <message>
        <source>Freeze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unfreeze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy all rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2 parameters, %3 trainable · %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::LayerTableModel</name>
    <message>
        <source>frozen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output shape</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Multiply-adds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::OutlineModel</name>
    <message>
        <source>%1
%2
%3 parameters, %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>trainable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>frozen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>partly frozen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frozen: click a snowflake to freeze or to unfreeze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Block or layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::OutlineView</name>
    <message>
        <source>Search layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outline of the network</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::PredictionView</name>
    <message>
        <source>Drop a picture here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network says what it takes it for, with its five best guesses.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The most probable classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at the picture</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::ProbabilityBars</name>
    <message>
        <source>&lt; %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::RunPanel</name>
    <message>
        <source>Ready to train.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring on the validation pictures…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused. The settings stay as they are until the run ends.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping after this batch; a checkpoint is written…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>epoch %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · took %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · estimating the time left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starts training with these settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends the run after this batch and keeps the best epoch&apos;s weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best so far: %1 in epoch %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::ScheduleSketch</name>
    <message>
        <source>The learning rate over one epoch; at its highest %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The learning rate over %n epochs; at its highest %1.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>graft::Setting</name>
    <message>
        <source>SGD with momentum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adam</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AdamW</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Constant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One cycle</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::TrainingPanel</name>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often training goes through all training pictures. 5 to 20 are usual for a new head.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures that are looked at before the weights are changed once. Larger is steadier and needs more memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the pictures of each class that is kept from training, to measure what was learned on pictures never seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starts all chance. The same seed with the same settings gives the same numbers again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> %</source>
        <comment>percent, after a number</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rule that changes the weights. SGD with momentum is the classic; Adam and AdamW need less tuning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How big a step each change is. 0.001 to 0.01 suits a new head; ten times less suits a whole network. The loss jumps about when it is too high.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much of the last steps&apos; direction is kept, so that small bumps are rolled over. 0.9 is usual.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks ahead along the momentum before it computes the next step; often a little faster.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nesterov momentum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pulls the weights gently towards zero, against learning the pictures by heart. 0.0001 is usual; 0 turns it off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How little a label is trusted: with 10 % the network need not be quite sure, which helps when some labels are wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the learning rate moves during the run: large steps first, small ones at the end usually give the best result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop every</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs after which the learning rate drops.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the learning rate is multiplied with at each drop. 0.1 makes it ten times smaller.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rising part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the run in which the learning rate rises before it falls.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> epochs</source>
        <comment>after a number</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What computes: the processor, or a graphics card, which is many times faster.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How exactly numbers are kept while computing. Automatic takes bf16 on a graphics card, which halves the memory, and full precision on the processor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full (fp32)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Half (bf16)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>device, its memory</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the data&apos;s own</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::layertext</name>
    <message>
        <source>stride %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dilation %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>depthwise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Normalization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regularization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shape</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>graft::text</name>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt; %1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&gt; %1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Give a trained network a new task, with your own pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A model file to open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder of class folders to open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The look: system, light or dark.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The language: en, zh_CN or zh_TW.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print the time until the window can be used, then quit.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
