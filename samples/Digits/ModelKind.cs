namespace Digits;

/// <summary>The networks of this sample.</summary>
internal enum ModelKind
{
    /// <summary>The convolutional network of LeNet.cs.</summary>
    LeNet,

    /// <summary>The network of linear layers of Mlp.cs.</summary>
    Mlp,
}
