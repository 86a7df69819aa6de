namespace Digits;

/// <summary>
/// LeNet-5 with ReLU and maximum pooling, after Y. LeCun et al., "Gradient-based learning applied to document
/// recognition", 1998: two convolutions, three linear layers, one score for each digit.
/// </summary>
[Model]
public partial class LeNet
{
    readonly Layer conv1 = Conv2d(6, kernel: 5, padding: 2), conv2 = Conv2d(16, kernel: 5);
    readonly Layer fc1 = Linear(120), fc2 = Linear(84), fc3 = Linear(10);

    /// <summary>The scores (logits) of the ten digits for a picture with mean 0 and variance 1.</summary>
    public Tensor Forward([Shape(1, 28, 28)] Tensor image)
    {
        var x = MaxPool2d(Relu(conv1(image)), 2);
        x = MaxPool2d(Relu(conv2(x)), 2);
        return fc3(Relu(fc2(Relu(fc1(Flatten(x))))));
    }

    /// <summary>Cross-entropy in nats between the scores and the digit that was drawn.</summary>
    public Tensor Loss(Tensor logits, [Classes(10)] Labels digit) => CrossEntropy(logits, digit);
}
