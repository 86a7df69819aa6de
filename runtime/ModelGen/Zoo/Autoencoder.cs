using static ModelGen.Nn;

namespace ModelGen.Zoo;

/// <summary>
/// Compresses a vector through a narrow layer and restores it: linear layers with ReLU down to the code, and the same widths back (G. Hinton and R.
/// Salakhutdinov, "Reducing the dimensionality of data with neural networks", 2006).
/// </summary>
/// <param name="inputs">The size of the vector.</param>
/// <param name="widths">The sizes of the layers from the input to the code; the last is the code's.</param>
[Module]
public sealed partial class Autoencoder(int inputs, params int[] widths)
{
    private readonly Layer[] encoder = Repeat(widths.Length, i => Linear(widths[i]));
    private readonly Layer[] decoder = Repeat(widths.Length, i => Linear(i == widths.Length - 1 ? inputs : widths[widths.Length - 2 - i]));

    /// <summary>Returns the restored vector, f32[N,inputs].</summary>
    /// <param name="x">f32[N,inputs].</param>
    public Tensor Forward(Tensor x) => Decode(Encode(x));

    /// <summary>Returns the code, f32[N,widths[^1]].</summary>
    /// <param name="x">f32[N,inputs].</param>
    public Tensor Encode(Tensor x)
    {
        for (var i = 0; i < encoder.Length; i++)
            x = i < encoder.Length - 1 ? Relu(encoder[i](x)) : encoder[i](x);
        return x;
    }

    /// <summary>Returns the vector, f32[N,inputs], of a code.</summary>
    /// <param name="code">f32[N,widths[^1]].</param>
    public Tensor Decode(Tensor code)
    {
        var x = code;
        for (var i = 0; i < decoder.Length; i++)
            x = i < decoder.Length - 1 ? Relu(decoder[i](x)) : decoder[i](x);
        return x;
    }
}
