namespace ModelGen;

/// <summary>Represents a recurrent layer with two states: <see cref="Nn.Lstm"/>.</summary>
/// <param name="x">The sequence, f32[N,T,I].</param>
/// <param name="h0">The outputs before the first step, f32[N,layers·directions,H]; zeros where null.</param>
/// <param name="c0">The cells before the first step, of the same shape; zeros where null.</param>
/// <returns>The outputs of all steps, f32[N,T,directions·H], the last outputs and the last cells, of the shape of <paramref name="h0"/>.</returns>
public delegate (Tensor Output, Tensor Hidden, Tensor Cell) LstmLayer(Tensor x, Tensor? h0 = null, Tensor? c0 = null);
