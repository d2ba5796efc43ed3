import { Sampler } from '@luma.gl/core'
import { Model } from '@luma.gl/engine'
import { WEBGLTexture } from '@luma.gl/webgl'

/*
 * luma.gl 9.4 gives back all that a model and a texture hold but for what is mended here: a layer that comes and goes with
 * every scene would fill the graphics memory of a wall that stands for a year.
 */

const destroyModel = Model.prototype.destroy
/** A model keeps its vertex array, and with it whatever buffers are bound in it. */
Model.prototype.destroy = function (this: Model) {
  destroyModel.call(this)
  if (!this.vertexArray.destroyed) this.vertexArray.destroy()
}

const setBufferLayout = Model.prototype.setBufferLayout
/** It keeps the one of before, too, when columns come where it expected single values. */
Model.prototype.setBufferLayout = function (this: Model, ...layout) {
  const before = this.vertexArray
  setBufferLayout.apply(this, layout)
  if (this.vertexArray !== before) before.destroy()
}

const destroyTexture = WEBGLTexture.prototype.destroy
/** A texture keeps the sampler that it made for itself. */
WEBGLTexture.prototype.destroy = function (this: WEBGLTexture) {
  destroyTexture.call(this)
  const given: unknown = this.props.sampler
  const { sampler } = this as unknown as { sampler?: Sampler }
  if (!(given instanceof Sampler)) sampler?.destroy()
}
