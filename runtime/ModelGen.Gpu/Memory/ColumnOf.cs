namespace ModelGen.Gpu;

/// <summary>Gives a batch's column.</summary>
internal delegate Span<T> ColumnOf<T>(Batch batch);
