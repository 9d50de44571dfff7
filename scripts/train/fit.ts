/** Examples in one flat matrix, so that a million fit in memory. */
export interface Examples {
  width: number;
  values: number[];
  labels: number[];
  weights: number[];
}

export function newExamples(width: number): Examples {
  return { width, values: [], labels: [], weights: [] };
}

export function addExample(examples: Examples, row: ArrayLike<number>, label: boolean, weight: number): void {
  for (let i = 0; i < examples.width; i++) examples.values.push(row[i] ?? 0);
  examples.labels.push(label ? 1 : 0);
  examples.weights.push(weight);
}

/** Solves a symmetric positive definite system in place (Cholesky). */
function solve(matrix: Float64Array, right: Float64Array, n: number): Float64Array {
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < j; k++) {
      const factor = matrix[j * n + k]!;
      for (let i = j; i < n; i++) matrix[i * n + j]! -= factor * matrix[i * n + k]!;
    }
    const root = Math.sqrt(Math.max(1e-12, matrix[j * n + j]!));
    for (let i = j; i < n; i++) matrix[i * n + j]! /= root;
  }
  const out = Float64Array.from(right);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) out[i]! -= matrix[i * n + k]! * out[k]!;
    out[i]! /= matrix[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) out[i]! -= matrix[k * n + i]! * out[k]!;
    out[i]! /= matrix[i * n + i]!;
  }
  return out;
}

/**
 * Ridge logistic regression by Newton's method; the bias (column 0) is not shrunk.
 * Deterministic: no sampling, no random start. Returns one weight a column.
 */
export function fitLogistic(examples: Examples, ridge: number, rounds = 12): number[] {
  const n = examples.width;
  let weights = new Float64Array(n);
  for (let round = 0; round < rounds; round++) {
    const hessian = new Float64Array(n * n);
    const gradient = new Float64Array(n);
    for (let row = 0; row < examples.labels.length; row++) {
      const base = row * n;
      let odds = 0;
      for (let i = 0; i < n; i++) odds += weights[i]! * examples.values[base + i]!;
      const p = 1 / (1 + Math.exp(-odds));
      const weight = examples.weights[row]!;
      const slack = weight * (examples.labels[row]! - p);
      const curve = weight * Math.max(1e-6, p * (1 - p));
      for (let i = 0; i < n; i++) {
        const x = examples.values[base + i]!;
        if (x === 0) continue;
        gradient[i]! += slack * x;
        const scaled = curve * x;
        for (let j = 0; j <= i; j++) hessian[i * n + j]! += scaled * examples.values[base + j]!;
      }
    }
    for (let i = 0; i < n; i++) {
      const shrink = i === 0 ? 1e-6 : ridge;
      gradient[i]! -= shrink * weights[i]!;
      hessian[i * n + i]! += shrink;
    }
    const step = solve(hessian, gradient, n);
    let largest = 0;
    const next = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const move = Math.max(-4, Math.min(4, step[i]!));
      next[i] = weights[i]! + move;
      largest = Math.max(largest, Math.abs(move));
    }
    weights = next;
    if (largest < 1e-4) break;
  }
  return [...weights].map((weight) => Number(weight.toFixed(4)));
}
