import { Model } from '@luma.gl/engine'

const own = Model.prototype.destroy
/**
 * luma.gl 9.4 gives back all that a model holds but its vertex array, and with it whatever buffers are bound in it: a
 * layer that comes and goes with every scene would fill the graphics memory of a wall that stands for a year.
 */
Model.prototype.destroy = function (this: Model) {
  own.call(this)
  if (!this.vertexArray.destroyed) this.vertexArray.destroy()
}
